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
    URL.revokeObjectURL(link.href);
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
    if (element.dataset.changed) {
      const refused = (answer.refused ?? []).map((one) => one.message);
      tell([`${element.dataset.changed} ${answer.changed}`, ...refused].join('\n'), refused.length ? 'bad' : 'good');
    } else if (element.dataset.follows && answer.state === 'follows') {
      tell(element.dataset.follows, 'good');
    } else if (element.dataset.done) {
      tell(element.dataset.done, 'good');
    }
    if ('reload' in element.dataset) {
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
})();
