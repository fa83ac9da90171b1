"""`python -m tillerman` is the program `tillerman`."""

from tillerman.cli import main

main()
