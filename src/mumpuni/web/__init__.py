"""The page toolkit: layout, components, tables, charts."""
