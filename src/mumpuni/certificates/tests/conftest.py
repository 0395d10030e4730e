from mumpuni.certificates.tests.fixtures import certificate, issued

__all__ = ["certificate", "issued"]
