"""The same answers in a browser: server-rendered pages and a JSON API. Holds no model logic."""

from tillerman.web.app import create_app as create_app
from tillerman.web.serving import Serving as Serving
