"""What people read, by message id, in each language: screens, report, brief, pages."""

from tillerman.words.catalogue import LANGUAGES as LANGUAGES
from tillerman.words.catalogue import Language as Language
from tillerman.words.catalogue import Words as Words
from tillerman.words.catalogue import words as words
