import { useEffect, useState } from 'preact/hooks';

const clockEveryMs = 5_000;
const minuteMs = 60_000;

interface Properties {
  readonly slides: readonly HTMLElement[];
  /** How long the timetable has for this lesson. */
  readonly minutes: number;
  /** Where the browser keeps when the lesson began, for as long as its tab is open. */
  readonly clockKey: string;
}

/** Shows one slide at a time, and how long the lesson has taken. Arrow keys go on and back. */
export function Presenter({ slides, minutes, clockKey }: Properties) {
  const [at, setAt] = useState(() => slideIn(location.hash, slides.length));
  const go = (to: number) => setAt(Math.min(slides.length - 1, Math.max(0, to)));
  useEffect(() => {
    for (const [i, slide] of slides.entries()) {
      slide.hidden = i !== at;
    }
    history.replaceState(null, '', `#${at + 1}`);
    slides[at]?.focus();
  }, [at, slides]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const to = event.ctrlKey || event.altKey || event.metaKey || isTaken(event) ? undefined : steps[event.key];
      if (to) {
        event.preventDefault();
        go(to(at, slides.length - 1));
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });
  return (
    <nav class="presenter" aria-label="Slides">
      <button type="button" disabled={at === 0} onClick={() => go(at - 1)}>
        ← Back
      </button>
      <span role="status">
        Slide {at + 1} of {slides.length}
      </span>
      <button type="button" disabled={at === slides.length - 1} onClick={() => go(at + 1)}>
        Next →
      </button>
      <Clock minutes={minutes} storageKey={clockKey} />
    </nav>
  );
}

const steps: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at) => at + 1,
  ArrowLeft: (at) => at - 1,
  PageDown: (at) => at + 1,
  PageUp: (at) => at - 1,
  Home: () => 0,
  End: (_, last) => last,
};

/** Whether an arrow key moves something else: what scrolls to the side, or a cursor. */
const isTaken = ({ target }: KeyboardEvent): boolean =>
  target instanceof Element && target.closest('pre, .scroll, input, textarea, dialog') !== null;

function slideIn(hash: string, count: number): number {
  const number = Number(/^#(\d+)$/.exec(hash)?.[1] ?? 1);
  return Math.min(count, Math.max(1, number)) - 1;
}

/** How many minutes the lesson has taken, of those that the timetable has for it. A click begins anew. */
function Clock({ minutes, storageKey }: { readonly minutes: number; readonly storageKey: string }) {
  const [began, begin] = useState(() => Number(sessionStorage.getItem(storageKey) ?? Date.now()));
  const [now, setNow] = useState(Date.now());
  useEffect(() => sessionStorage.setItem(storageKey, String(began)), [began, storageKey]);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), clockEveryMs);
    return () => clearInterval(timer);
  }, []);
  const taken = Math.max(0, Math.floor((now - began) / minuteMs));
  return (
    <button
      type="button"
      class={taken >= minutes ? 'clock late' : 'clock'}
      title="Begin the clock anew"
      onClick={() => {
        begin(Date.now());
        setNow(Date.now());
      }}
    >
      {taken} of {minutes} min
    </button>
  );
}
