"""What the room sees, and its live picture for the operator; never a figure of the absent.

``AudienceStage`` shows a frozen ``AudienceState``; ``StageMirror`` shows the stage small.
"""
