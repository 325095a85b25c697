import { element, keyed, setText } from './elements.js';
import { byId, draw } from './sections.js';
import { State } from './state.js';

/** How often it is drawn at the most, in milliseconds. */
const drawEvery = 100;
/** How long it waits where the browser does not come back by itself, in milliseconds. */
const retryMs = 2000;

const state = new State();
const groups = /** @type {HTMLSelectElement} */ (byId('log-group'));
let drawing = false;

/** Draws soon. What happens until then is drawn with it. */
function changed() {
  if (drawing) {
    return;
  }
  drawing = true;
  setTimeout(() => {
    requestAnimationFrame(() => {
      drawing = false;
      const options = /** @type {[string, string][]} */ ([
        ['', 'all log groups'],
        ...[...state.groups].sort().map((name) => [name, name]),
      ]);
      keyed(groups, options, (name) => element('option', name === 'all log groups' ? { value: '' } : {}, name));
      draw(state, groups.value);
    });
  }, drawEvery);
}

/** @param {'connected' | 'waiting' | 'lost'} condition @param {string} text */
function say(condition, text) {
  const connection = byId('connection');
  connection.dataset['state'] = condition;
  setText(connection, text);
}

/** Reads the stream. The browser comes back by itself after the event that it had last. */
function connect(note = '') {
  const source = new EventSource('/_emulator/events');
  source.addEventListener('open', () => say('connected', `Connected to ${location.host}${note}`));
  source.addEventListener('message', ({ data }) => {
    state.apply(JSON.parse(data));
    changed();
  });
  source.addEventListener('snapshot', ({ data }) => {
    state.begin(JSON.parse(data));
    changed();
  });
  source.addEventListener('lost', ({ data }) => {
    const { events } = JSON.parse(data);
    // Where they were not counted, a snapshot follows.
    if (events !== null) {
      source.close();
      connect(`. ${events} events came too fast for this page; what is counted since it was opened lacks them`);
    }
  });
  source.addEventListener('error', () => {
    say('lost', 'The endpoint does not answer. This page connects again when it does.');
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(connect, retryMs);
    }
  });
}

groups.addEventListener('change', changed);
connect();
