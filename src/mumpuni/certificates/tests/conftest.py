from mumpuni.certificates.tests.fixtures import certificate, issued, printed

__all__ = ["certificate", "issued", "printed"]
