import type { Chosen, LaneState } from './store.ts';

const mostShown = 60;
/** Characters of a process's id that tell it from others. */
const shownOfId = 8;

interface Properties {
  readonly lanes: readonly LaneState[];
  readonly chosen: Chosen;
  readonly onAll: () => void;
}

/** The newest lines of the log, the newest first: of the environment that was pointed at last, or of all. */
export function LogView({ lanes, chosen, onAll }: Properties) {
  const lane = lanes[chosen.lane] ?? lanes[0];
  const all = lane?.lines ?? [];
  const lines = chosen.environment === '' ? all : all.filter(({ environment }) => environment === chosen.environment);
  const whose = chosen.environment === '' ? 'all processes' : `process ${chosen.environment.slice(0, shownOfId)}`;
  return (
    <details class="log">
      <summary>{`Log of ${whose}, ${lane?.summary.title ?? ''}`}</summary>
      {chosen.environment !== '' && (
        <button type="button" onClick={onAll}>
          Show all processes
        </button>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard. */}
      <pre tabIndex={0} role="log" aria-label="Lines of the log">
        {lines.length === 0
          ? 'No line yet. A factory before factor 11 writes its log to a file on its own disk.'
          : lines
              .slice(-mostShown)
              .reverse()
              .map(({ text }) => text.trimEnd())
              .join('\n')}
      </pre>
    </details>
  );
}
