"""What the report says, by message id, in each language."""

from tillerman.report.words.catalogue import LANGUAGES as LANGUAGES
from tillerman.report.words.catalogue import Words as Words
from tillerman.report.words.catalogue import words as words
