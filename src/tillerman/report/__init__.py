"""A plan as a page to read and a workbook to work with."""

from tillerman.report.html import write_html as write_html
from tillerman.report.workbook import write_workbook as write_workbook
