"""Safe by default: which addresses, which visitors, which requests and which files are let in."""

from tillerman.web.guard.install import install as install
