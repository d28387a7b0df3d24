"""The test lab: power cuts at block level, disks that fail or fill up, damage, and kills."""
