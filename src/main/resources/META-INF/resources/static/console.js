'use strict';
// What htmx leaves to the page: bodies as the REST API takes them, and words for what goes wrong.
(() => {
  const notice = document.getElementById('notice');
  const words = document.body.dataset;

  const tell = (text, kind) => {
    notice.textContent = text;
    notice.className = kind;
    notice.hidden = !text;
  };

  // Fields as one JSON object; a name with [] behind it becomes a list.
  htmx.defineExtension('json', {
    onEvent: (name, event) => {
      if (name === 'htmx:configRequest') {
        event.detail.headers['Content-Type'] = 'application/json';
      }
    },
    encodeParameters: (xhr, fields) => {
      const body = {};
      for (const [name, value] of fields.entries()) {
        if (name.endsWith('[]')) {
          (body[name.slice(0, -2)] ??= []).push(value);
        } else {
          body[name] = value;
        }
      }
      return JSON.stringify(body);
    },
  });

  // The field "record" alone: a text, or a file.
  htmx.defineExtension('raw', {
    onEvent: (name, event) => {
      if (name === 'htmx:configRequest') {
        event.detail.headers['Content-Type'] = 'application/octet-stream';
      }
    },
    encodeParameters: (xhr, fields) => fields.get('record'),
  });

  // JSON in colours: spans made one by one, because the policy of the page allows no style in it.
  const TOKEN = /("(?:[^"\\\n]|\\.)*"?)(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b/g;
  const MOST_COLOURED = 200000;
  const colour = (pre, text) => {
    if (text.length > MOST_COLOURED) {
      pre.textContent = text;
      return;
    }
    const parts = document.createDocumentFragment();
    let last = 0;
    for (const found of text.matchAll(TOKEN)) {
      const [whole, string, colon] = found;
      const span = document.createElement('span');
      span.className = string ? (colon ? 'j-name' : 'j-text') : /^[tfn]/.test(whole) ? 'j-word' : 'j-number';
      span.textContent = string ?? whole;
      parts.append(text.slice(last, found.index), span, colon ?? '');
      last = found.index + whole.length;
    }
    parts.append(text.slice(last));
    pre.replaceChildren(parts);
  };

  // The coloured text lies under the field; what is typed is checked as JSON at once.
  const edit = (editor) => {
    const field = editor.querySelector('textarea');
    const under = editor.querySelector('pre');
    const syntax = document.getElementById('syntax');
    const show = () => {
      colour(under, `${field.value}\n`);
      under.scrollTop = field.scrollTop;
      try {
        JSON.parse(field.value);
        syntax.textContent = syntax.dataset.fine;
        syntax.className = 'soft';
      } catch (wrong) {
        syntax.textContent = `${syntax.dataset.wrong} ${wrong.message}`;
        syntax.className = 'bad';
      }
    };
    field.addEventListener('input', show);
    field.addEventListener('scroll', () => { under.scrollTop = field.scrollTop; });
    show();
  };
  const dress = (root) => {
    root.querySelectorAll('.editor').forEach(edit);
    root.querySelectorAll('pre.json:not(.editor pre)').forEach((pre) => colour(pre, pre.textContent));
  };
  document.body.addEventListener('htmx:afterSwap', (event) => dress(event.detail.target));

  const parsed = (xhr) => {
    try {
      return JSON.parse(xhr.responseText);
    } catch {
      return {};
    }
  };

  // A download for a reason: the reason goes in the body, so the browser cannot fetch it by an address.
  document.body.addEventListener('submit', async (event) => {
    const form = event.target;
    if (!form.dataset.download) {
      return;
    }
    event.preventDefault();
    const answer = await fetch(form.action, {
      method: 'POST',
      headers: { ...JSON.parse(document.body.getAttribute('hx-headers')), 'Content-Type': 'application/json' },
      body: JSON.stringify(Object.fromEntries(new FormData(form))),
    }).catch(() => null);
    if (!answer?.ok) {
      const told = await answer?.json().catch(() => null);
      tell(told?.message ?? (answer ? words.failed : words.lost), 'bad');
      return;
    }
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await answer.blob());
    link.download = form.dataset.download;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  });

  const done = (element, xhr) => {
    if ('quiet' in element.dataset) {
      return;
    }
    const answer = parsed(xhr);
    const given = document.getElementById('given');
    if (given && answer.password) {
      given.textContent = `${given.dataset.given} ${answer.name} / ${answer.password}`;
      given.hidden = false;
    }
    if (element.dataset.counted) {
      const refused = (answer.refused ?? []).map((one) => one.message);
      const told = element.dataset.counted.replace(/\[(\w+)\]/g, (all, name) => answer[name]);
      tell([told, ...refused].join('\n'), refused.length ? 'bad' : 'good');
    } else if (element.dataset.changed) {
      const refused = (answer.refused ?? []).map((one) => one.message);
      tell([`${element.dataset.changed} ${answer.changed}`, ...refused].join('\n'), refused.length ? 'bad' : 'good');
    } else if (element.dataset.follows && answer.state === 'follows') {
      tell(element.dataset.follows, 'good');
    } else if (element.dataset.done) {
      tell(element.dataset.done, 'good');
    }
    if (element.dataset.then) {
      htmx.trigger(element.dataset.then, 'submit');
    } else if ('reload' in element.dataset) {
      location.reload();
    } else {
      htmx.trigger(document.body, 'changed');
    }
  };

  // The clipboard is for pages of this machine or by TLS; elsewhere the text is chosen, for the keyboard to copy.
  document.body.addEventListener('click', async (event) => {
    const button = event.target.closest('[data-copy]');
    if (!button) {
      return;
    }
    const text = document.getElementById(button.dataset.copy);
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      tell(button.dataset.copied, 'good');
    } catch {
      text.focus();
    }
  });

  document.body.addEventListener('htmx:afterRequest', (event) => {
    const { xhr, successful, requestConfig, elt } = event.detail;
    if (xhr.status === 401) {
      location.assign('/login');
    } else if (successful && notice.className === 'lost') {
      tell('', '');
    }
    if (successful && requestConfig.verb !== 'get' && !xhr.getResponseHeader('HX-Redirect')) {
      done(elt, xhr);
    }
  });
  // A field of a template, or the record it is tried on: both go on where the template's own changes do.
  document.body.addEventListener('change', (event) => {
    const template = document.getElementById('template');
    const { from, to } = event.target.dataset;
    if (template && from) {
      template.value = template.value.slice(0, Number(from)) + event.target.value + template.value.slice(Number(to));
    }
    if (template && (from || event.target.id === 'record')) {
      htmx.trigger(template, 'again');
    }
  });
  document.body.addEventListener('htmx:responseError', (event) => {
    const { xhr, requestConfig } = event.detail;
    if (requestConfig.verb !== 'get') {
      tell(parsed(xhr).message ?? (xhr.status === 403 ? words.forbidden : words.failed), 'bad');
    }
  });
  for (const lost of ['htmx:sendError', 'htmx:timeout']) {
    document.body.addEventListener(lost, () => tell(words.lost, 'lost'));
  }

  // Before htmx has taken the forms, a browser would send what stands in them within an address.
  document.addEventListener('DOMContentLoaded', () => {
    const main = document.getElementById('main');
    main.inert = false;
    main.querySelector('[autofocus]')?.focus();
  });
})();
