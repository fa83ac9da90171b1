"""A plan as a brief: two pages for a minister, ten for an adviser, everything for an analyst."""

from tillerman.brief.compose import compose as compose
from tillerman.brief.document import Document as Document
from tillerman.brief.html import render_html as render_html
from tillerman.brief.html import write_html as write_html
from tillerman.brief.pdf import dated as dated
from tillerman.brief.pdf import render_pdf as render_pdf
from tillerman.brief.pdf import write_pdf as write_pdf
from tillerman.brief.word import render_docx as render_docx
from tillerman.brief.word import write_docx as write_docx
