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

  const done = (element, xhr) => {
    const answer = parsed(xhr);
    const given = document.getElementById('given');
    if (given && answer.password) {
      given.textContent = `${given.dataset.given} ${answer.name} / ${answer.password}`;
      given.hidden = false;
    }
    if (element.dataset.changed) {
      const refused = (answer.refused ?? []).map((one) => one.message);
      tell([`${element.dataset.changed} ${answer.changed}`, ...refused].join('\n'), refused.length ? 'bad' : 'good');
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
