"""Chat templates: look-alikes of those that well-known models have, and templates that reach for Python."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.scanning.sample import Sample, benign, malformed, malicious

CHATML = """{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}{% endfor %}
{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"""
LLAMA = """{{- bos_token }}
{%- if custom_tools is defined %}{%- set tools = custom_tools %}{%- endif %}
{%- if not tools_in_user_message is defined %}{%- set tools_in_user_message = true %}{%- endif %}
{%- if not date_string is defined %}
    {%- if strftime_now is defined %}{%- set date_string = strftime_now("%d %b %Y") %}{%- else %}{%- set date_string = "26 Jul 2024" %}{%- endif %}
{%- endif %}
{%- if messages[0]['role'] == 'system' %}
    {%- set system_message = messages[0]['content']|trim %}{%- set messages = messages[1:] %}
{%- else %}{%- set system_message = "" %}{%- endif %}
{{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
{%- if builtin_tools is defined %}{{- "Tools: " + builtin_tools | reject('equalto', 'code_interpreter') | join(", ") + "\\n\\n" }}{%- endif %}
{%- for t in tools %}{{- t | tojson(indent=4) }}{{- "\\n\\n" }}{%- endfor %}
{%- for message in messages %}
    {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in message) %}
        {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'+ message['content'] | trim + '<|eot_id|>' }}
    {%- elif 'tool_calls' in message %}
        {%- if not message.tool_calls|length == 1 %}{{- raise_exception("This model only supports single tool-calls at once!") }}{%- endif %}
        {%- set tool_call = message.tool_calls[0].function %}
        {%- for arg_name, arg_val in tool_call.arguments | items %}{{- arg_name + '="' + arg_val + '"' }}{%- if not loop.last %}{{- ", " }}{%- endif %}{%- endfor %}
    {%- endif %}
{%- endfor %}"""
MISTRAL = """{%- if messages[0]["role"] == "system" %}{%- set system_message = messages[0]["content"] %}{%- set loop_messages = messages[1:] %}
{%- else %}{%- set loop_messages = messages %}{%- endif %}
{%- if not tools is defined %}{%- set tools = none %}{%- endif %}
{%- set user_messages = loop_messages | selectattr("role", "equalto", "user") | list %}
{%- set ns = namespace() %}{%- set ns.index = 0 %}
{%- for message in loop_messages %}
    {%- if not (message.role == "tool" or (message.tool_calls is defined and message.tool_calls is not none)) %}
        {%- if (message["role"] == "user") != (ns.index % 2 == 0) %}{{- raise_exception("Roles must alternate") }}{%- endif %}
        {%- set ns.index = ns.index + 1 %}
    {%- endif %}
{%- endfor %}
{{- bos_token }}
{%- for message in loop_messages %}
    {%- if message["role"] == "user" %}
        {%- if tools is not none and (message == user_messages[-1]) %}
            {{- "[AVAILABLE_TOOLS] [" }}
            {%- for tool in tools %}{%- set tool = tool.function %}{{- '{"type": "function", "function": {' }}
                {%- for key, val in tool.items() if key != "return" %}
                    {%- if val is string %}{{- '"' + key + '": "' + val + '"' }}{%- else %}{{- '"' + key + '": ' + val|tojson }}{%- endif %}
                {%- endfor %}{{- "}}" }}
            {%- endfor %}{{- "[/AVAILABLE_TOOLS]" }}
        {%- endif %}
        {{- "[INST] " + message["content"] + "[/INST]" }}
    {%- elif message.tool_calls is defined and message.tool_calls|length > 0 %}
        {%- for tool_call in message.tool_calls %}{%- set out = tool_call.function|tojson %}{{- out[:-1] }}
            {%- if not tool_call.id is defined or tool_call.id|length != 9 %}{{- raise_exception("Tool call IDs should have length 9!") }}{%- endif %}
            {{- ', "id": "' + tool_call.id + '"}' }}
        {%- endfor %}
    {%- endif %}
{%- endfor %}"""
QWEN = """{%- if tools %}{{- '<|im_start|>system\\n' }}{%- for tool in tools %}{{- "\\n" }}{{- tool | tojson }}{%- endfor %}{%- endif %}
{%- set ns = namespace(multi_step_tool=true, last_query_index=messages|length - 1) %}
{%- for message in messages[::-1] %}
    {%- set index = (messages|length - 1) - loop.index0 %}
    {%- if ns.multi_step_tool and message.role == "user" and message.content is string and not(message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}
        {%- set ns.multi_step_tool = false %}{%- set ns.last_query_index = index %}
    {%- endif %}
{%- endfor %}
{%- for message in messages %}
    {%- if message.content is string %}{%- set content = message.content %}{%- else %}{%- set content = '' %}{%- endif %}
    {%- set reasoning_content = '' %}
    {%- if '</think>' in content %}
        {%- set reasoning_content = content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}
        {%- set content = content.split('</think>')[-1].lstrip('\\n') %}
    {%- endif %}
    {%- if loop.index0 > ns.last_query_index %}{{- '<think>\\n' + reasoning_content.strip('\\n') + '\\n</think>\\n\\n' + content.lstrip('\\n') }}{%- endif %}
    {%- if message.role == "tool" %}
        {%- if loop.first or (messages[loop.index0 - 1].role != "tool") %}{{- '<|im_start|>user' }}{%- endif %}
        {%- if loop.last or (messages[loop.index0 + 1].role != "tool") %}{{- '<|im_end|>\\n' }}{%- endif %}
    {%- endif %}
{%- endfor %}
{%- if enable_thinking is defined and enable_thinking is false %}{{- '<think>\\n\\n</think>\\n\\n' }}{%- endif %}"""
GEMMA = """{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}
{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Roles must alternate') }}{% endif %}
{% if (message['role'] == 'assistant') %}{% set role = 'model' %}{% else %}{% set role = message['role'] %}{% endif %}
{{ '<start_of_turn>' + role + '\n' + message['content'] | trim + '<end_of_turn>\n' }}{% endfor %}"""
DEEPSEEK = """{% if not add_generation_prompt is defined %}{% set add_generation_prompt = false %}{% endif %}
{% set ns = namespace(is_first=false, is_tool=false, is_output_first=true, system_prompt='') %}
{%- for message in messages %}{%- if message['role'] == 'system' %}{% set ns.system_prompt = ns.system_prompt + '\\n\\n' + message['content'] %}{%- endif %}{%- endfor %}
{{bos_token}}{{ns.system_prompt}}
{%- for message in messages %}{%- if message['role'] == 'assistant' and message['content'] is not none %}
{% set content = message['content'] %}{% if '</think>' in content %}{% set content = content.split('</think>')[-1] %}{% endif %}{{'<Assistant>' + content + '<end>'}}{%- endif %}{%- endfor -%}"""
COMMAND_R = """{%- macro json_to_python_type(json_spec) %}
{%- set basic_type_map = {"string": "str", "number": "float", "integer": "int", "boolean": "bool"} %}
{%- if basic_type_map[json_spec.type] is defined %}{{- basic_type_map[json_spec.type] }}
{%- elif json_spec.type == "array" %}{{- "List[" + json_to_python_type(json_spec.items) + "]" }}
{%- elif json_spec.type is iterable %}{{- "Union[" }}{%- for t in json_spec.type %}{{- json_to_python_type({"type": t}) }}{%- endfor %}{{- "]" }}
{%- else %}{{- "Any" }}{%- endif %}{%- endmacro %}
{%- for document in documents %}{{- 'Document: ' ~ loop.index0 ~ '\\n' }}{%- for key, value in document.items() %}{{- key ~ ': ' ~ value ~ '\\n' }}{%- endfor %}{%- endfor %}
{%- for tool in tools %}{%- for name, fields in tool.parameters.properties|items %}{{- name + ': ' + json_to_python_type(fields) }}{%- endfor %}{%- endfor %}
{{- tools[0].arguments|tojson(indent=4)|indent(8, first=true) }}"""
TRAINED = """{%- for message in messages -%}{%- if message.role == 'assistant' -%}{% generation %}{{ message.content }}{{ eos_token }}{% endgeneration %}
{%- else -%}{{ '{}: {}'.format(message.role, message.content) }}{{ '%s' % message.name }}{%- endif -%}{%- if loop.index > 9 %}{% break %}{% endif %}{%- endfor -%}"""
VISION = """{% set image_count = namespace(value=0) %}{% for message in messages %}{% if message['content'] is string %}{{ message['content'] }}{% else %}
{% for content in message['content'] %}{% if content['type'] == 'image' or 'image' in content or 'image_url' in content %}{% set image_count.value = image_count.value + 1 %}
{% if add_vision_id %}Picture {{ image_count.value }}: {% endif %}<|vision_start|><|image_pad|><|vision_end|>{% elif 'text' in content %}{{ content['text'] }}{% endif %}{% endfor %}{% endif %}{% endfor %}"""
TYPES = """{%- macro render(spec, required, depth=0) -%}{%- for key, value in spec.properties | dictsort -%}{{- key }}{% if key not in (required or []) %}?{% endif %}: {{ render(value, value.required or [], depth + 1) }}
{%- endfor -%}{%- endmacro -%}{# __class__ is only talked about here #}{{ render(tools[0], []) }}{{ messages | map(attribute='content') | join('\\n') }}
{%- set last = messages | selectattr('role', 'equalto', 'user') | map(attribute='content') | list | last %}{{ last | default('', true) | upper }}{{ (messages | length) * 2 }}{{ '=' * 40 }}"""
ALPACA = """{{ 'Below is an instruction.\n\n' }}{% for message in messages %}{% if message['role'] == 'user' %}{{ '### Instruction:\n' + message['content'].strip() + '\n\n' }}{% elif message['role'] == 'assistant' %}{{ '### Response:\n' + message['content'] }}{% endif %}{% endfor %}"""
OLLAMA = """{{- if .System }}<|start_header_id|>system<|end_header_id|>
{{ .System }}{{- end }}{{- range $i, $_ := .Messages }}{{- $last := eq (len (slice $.Messages $i)) 1 }}
{{- if eq .Role "user" }}{{ .Content }}{{ else if eq .Role "assistant" }}{{ range .ToolCalls }}{"name": "{{ .Function.Name }}", "parameters": {{ .Function.Arguments }}}{{ end }}{{ end }}{{ end }}"""

ORDINARY = {
    "chatml": CHATML, "llama": LLAMA, "mistral-tools": MISTRAL, "qwen-reasoning": QWEN, "gemma": GEMMA,
    "deepseek": DEEPSEEK, "command-r": COMMAND_R, "generation": TRAINED, "vision": VISION, "types": TYPES, "alpaca": ALPACA,
}  # fmt: skip
HOSTILE = {
    "classes": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "classes-by-subscript": "{{ ''['__class__']['__base__'] }}",
    "globals-of-cycler": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "globals-of-namespace": "{{ namespace.__init__.__globals__['os'] }}",
    "globals-of-lipsum": "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "joiner": "{% set j = joiner.__init__ %}{{ j }}",
    "self": "{{ self._TemplateReference__context.cycler }}",
    "request": "{{ request.application.__globals__ }}",
    "config": "{{ config.items() }}",
    "attr": "{{ messages|attr('__class__') }}",
    "attr-escaped": "{{ messages|attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "attr-joined": "{{ messages|attr(['_','_','class','_','_']|join) }}",
    "attr-from-request": "{{ messages|attr(messages[0].content) }}",
    "subscript-put-together": "{{ messages['_' ~ '_class_' ~ '_'] }}",
    "subscript-reversed": "{{ messages['__ssalc__'|reverse] }}",
    "subscript-replaced": "{{ messages['XXclassXX'.replace('X', '_')] }}",
    "subscript-formatted": "{{ messages[('%c' | format(95)) * 2 ~ 'class' ~ ('%c' | format(95)) * 2] }}",
    "subscript-from-variable": "{% set u = '_' %}{% set n = u ~ u ~ 'class' ~ u ~ u %}{{ messages[n] }}",
    "subscript-from-block": "{% set n %}__cl{{ 'ass__' }}{% endset %}{{ messages[n] }}",
    "subscript-through-macro": "{% macro get(o, k) %}{{ o[k] }}{% endmacro %}{{ get(messages, '_' ~ '_class_' ~ '_') }}",
    "subscript-through-namespace": "{% set ns = namespace(k='') %}{% for c in ['_', '_', 'class'] %}{% set ns.k = ns.k ~ c %}{% endfor %}{{ messages[ns.k] }}",
    "subscript-from-lowered": "{{ messages['__CLASS__'|lower] }}",
    "format-attributes": "{{ '{0.__class__.__init__.__globals__}'.format(messages) }}",
    "format-unknown-pattern": "{{ messages[0].content.format(messages) }}",
    "map-attribute": "{{ messages|map(attribute='__class__')|list }}",
    "map-attr": "{{ messages|map('attr', '__class__')|list }}",
    "groupby": "{{ messages|groupby('__class__') }}",
    "sort-attribute": "{{ messages|sort(attribute='__init__.__globals__') }}",
    "keyword-name": "{{ messages[dict(__class__=1)|list|first] }}",
    "include": "{% include '/etc/passwd' %}",
    "import": "{% import 'os' as os %}{{ os }}",
    "extends": "{% extends name %}",
    "import-call": "{{ __import__('os').system('id') }}",
    "frames": "{{ (messages|map('upper')).gi_frame.f_globals }}",
    "command-by-name": "{{ tools.os.system('id') }}",
    "called-twice": "{{ messages.pop()() }}",
    "enormous-range": "{% for i in range(100000000) %}x{% endfor %}",
    "ranges-in-ranges": "{% for i in range(50000) %}{% for j in range(50000) %}x{% endfor %}{% endfor %}",
    "repeated": "{{ 'A' * 10000000000 }}",
    "doubled": "{% set ns = namespace(x='a') %}{% for i in range(64) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x }}",
    "enormous-width": "{{ 'a'|center(9999999999) }}",
    "enormous-power": "{{ 9 ** 9 ** 9 }}",
    "hidden-after-raw": "{% raw %}{{ ' {% endraw %}{{ \"' }}\" ~ messages.__class__ }}",
    "hidden-in-call-block": "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ messages.__class__ }}{% endcall %}",
    "hidden-in-filter-block": "{% filter attr('__class__') %}x{% endfilter %}",
    "hidden-far-away": "{{ messages }}" + "\n" * 3000 + "{{ ''.__class__ }}",
    "unknown-function": "{{ url_for('x') }}{{ get_flashed_messages.x }}",
}  # fmt: skip
BROKEN = {
    "open-block": "{% for message in messages %}{{ message }}",
    "open-expression": "{{ messages[0]",
    "wrong-end": "{% if x %}{% endfor %}",
    "unknown-statement": "{% frobnicate %}",
    "deep": "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
}


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    places = ("tokenizer_config.json", "chat_template.json", "processor_config.json")
    for place, (name, text) in enumerate(ORDINARY.items()):
        yield benign(f"{name}-in-file", "chat_template.jinja", text.encode())
        path = places[place % len(places)]
        yield benign(f"{name}-in-json", path, json.dumps({"chat_template": text}).encode())
    named = [{"name": "default", "template": CHATML}, {"name": "tool_use", "template": COMMAND_R}]
    yield benign("named", "tokenizer_config.json", json.dumps({"chat_template": named}).encode())
    yield benign("ollama-template", "template", OLLAMA.encode())
    modelfile = f'FROM llama3\nTEMPLATE """{OLLAMA}"""\nPARAMETER stop "<|eot_id|>"\nSYSTEM You are helpful.\n'
    yield benign("ollama-modelfile", "Modelfile", modelfile.encode())
    yield benign(
        "prompts",
        "prompts.yaml",
        b"system: |\n  You are {{ name }}.\nuser: 'Hello {{ user.name }}'\n",
    )
    yield benign(
        "card-about-templates",
        "README.md",
        b"# Templates\n\nNever use `{{ ''.__class__ }}` in one.\n",
    )
    for place, (name, text) in enumerate(HOSTILE.items()):
        if place % 2:
            yield malicious(name, "additional_chat_templates/tool.jinja", text.encode())
        else:
            yield malicious(name, places[place % 3], json.dumps({"chat_template": text}).encode())
    late = [*named, {"name": "evil", "template": HOSTILE["classes"]}]
    yield malicious(
        "third-of-several", "tokenizer_config.json", json.dumps({"chat_template": late}).encode()
    )
    prompt = {
        "_type": "prompt",
        "template_format": "jinja2",
        "template": HOSTILE["subscript-reversed"],
    }
    yield malicious("prompt-of-a-chain", "prompt.json", json.dumps(prompt).encode())
    yield malicious("prompt-in-yaml", "prompts.yaml", b"system: \"{{ ''.__class__.__mro__ }}\"\n")
    for name, text in BROKEN.items():
        yield malformed(name, "chat_template.jinja", text.encode())
