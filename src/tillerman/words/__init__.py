"""What people read, by message id, in each language: the report, the brief, the pages."""

from tillerman.words.catalogue import LANGUAGES as LANGUAGES
from tillerman.words.catalogue import Words as Words
from tillerman.words.catalogue import words as words
