"""Django's templates, rendered in the language of whoever reads the page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.backends.django import DjangoTemplates, Template
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from config.language.retelling import retold_page


class Spoken(Template):
    """A template that speaks the request's language, whatever the view behind it works in."""

    def render(self, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> SafeString:
        """Render the page; what still stands there in Chinese is retold where the catalogue knows its words."""
        language = vars(request).get("LANGUAGE_CODE") if request else None
        with translation.override(language or translation.get_language()):
            page = mark_safe(super().render(context, request))  # noqa: S308  a template escapes
            if translation.get_language() in {settings.LANGUAGE_CODE, None}:
                return page
            return mark_safe(retold_page(page))  # noqa: S308  as escaped as it was


class Templates(DjangoTemplates):
    """The template backend of the product."""

    def get_template(self, template_name: str) -> Spoken:
        """Return a template that speaks the reader's language."""
        return Spoken(super().get_template(template_name).template, self)
