// Everything this package offers, one block per folder.
