"""Where do the files of a bench find each other, and the generator of typing errors?  They are scripts beside each other, no package."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "planning")]
