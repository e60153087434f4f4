from guanzi.notebook import cases as cases
from guanzi.notebook import load as load

__version__: str
