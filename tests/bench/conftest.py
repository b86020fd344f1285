"""Where do the files of a bench find each other? They are scripts beside each other, no package."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
