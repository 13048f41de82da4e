{# Meanings for previews. Words stand as they are, so that an edition can convert them; addresses are escaped, so that it does not. #}
{% macro words(text) %}"{{ text|replace("\\", "\\\\")|replace('"', '\\"')|replace("\n", " ") }}"{% endmacro %}
globalThis.TERMS = {
{% for term in view.terms %}
{{ term.anchor|tojson }}: [{{ words(term.term) }}, {{ words(term.meaning) }}, {{ term.url|tojson }}],
{% endfor %}
};
