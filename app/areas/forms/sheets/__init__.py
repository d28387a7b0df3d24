"""One module a form: pure functions from values to ``app.areas.forms.form.Form``."""
