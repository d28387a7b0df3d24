"""The register of a site's equipment, and how each device stands."""
