/** @typedef {{ given: string, mine: string, further: string, quiz?: number, begun: boolean }} Lesson */
/** @typedef {{ slug: string, number: number, factor: string }} Column */
/** @typedef {{ name: string, lessons: Record<string, Lesson> }} Person */

const head = document.querySelector('thead');
const body = document.querySelector('tbody');
const summary = document.querySelector('#summary');

/** What a cell says, and its class. @param {Lesson | undefined} lesson */
function cellOf(lesson) {
  if (!lesson) {
    return { text: '·', kind: 'open' };
  }
  const star = lesson.further === 'proved' ? '★' : '';
  if (lesson.mine === 'proved') {
    return { text: `proved${star}`, kind: 'proved' };
  }
  if (lesson.mine === 'not proved') {
    return { text: 'not yet', kind: 'missed' };
  }
  if (lesson.begun || lesson.mine === 'drifted') {
    return { text: 'at work', kind: 'begun' };
  }
  return lesson.given === 'proved' ? { text: 'seen', kind: 'open' } : { text: '·', kind: 'open' };
}

/** @param {string} tag @param {string} text @param {Record<string, string>} attributes */
function element(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  return made;
}

/** @param {HTMLElement[]} cells */
function row(cells) {
  const made = document.createElement('tr');
  made.append(...cells);
  return made;
}

/** @param {{ lessons: Column[], people: Person[] }} room */
function show({ lessons, people }) {
  const columns = lessons.map(({ number, factor }) => element('th', String(number), { scope: 'col', title: factor }));
  head?.replaceChildren(row([element('th', 'name', { scope: 'col' }), ...columns]));
  const rows = people.map(({ name, lessons: done }) => {
    const cells = lessons.map(({ slug }) => {
      const { text, kind } = cellOf(done[slug]);
      return element('td', text, { class: kind });
    });
    return row([element('th', name, { scope: 'row' }), ...cells]);
  });
  body?.replaceChildren(...rows);
  const proved = people.flatMap(({ lessons: done }) => Object.values(done)).filter(({ mine }) => mine === 'proved');
  if (summary && people.length > 0) {
    summary.textContent = `${people.length} here; ${proved.length} of ${people.length * lessons.length} exercises proved.`;
  }
}

const events = new EventSource('/events');
events.addEventListener('message', ({ data }) => show(JSON.parse(data)));
events.addEventListener('error', () => {
  if (summary) {
    summary.textContent = 'The room does not answer. The board comes back by itself.';
  }
});
