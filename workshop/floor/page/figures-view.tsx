import type { Figures } from '../protocol.ts';

/** What is counted and measured of a lane. What is bad is red, and only then. */
export function FiguresView({ figures }: { readonly figures: Figures }) {
  const { lost, bakedTwice, refused, bakedPerSecond, answerP50, answerP95, memoryMegabytes, costPerThousand } = figures;
  // What orders came to is read first; how fast and how dear is for a second look.
  const outcomes: readonly (readonly [string, string, boolean])[] = [
    ['lost', String(lost), lost > 0],
    ['baked twice', String(bakedTwice), bakedTwice > 0],
    ['sent away', String(refused), refused > 0],
  ];
  const measures: typeof outcomes = [
    ['baked a second', bakedPerSecond === null ? 'not known' : bakedPerSecond.toFixed(1), false],
    ['median answer', milliseconds(answerP50), false],
    ['95th percentile', milliseconds(answerP95), false],
    ['memory', memoryMegabytes === null ? 'not known' : `${memoryMegabytes} MB`, false],
    ['per 1,000 orders', costPerThousand === null ? 'not known' : `$${costPerThousand.toFixed(4)}`, false],
  ];
  return (
    <dl class="figures">
      {[...outcomes, ...measures].map(([name, value, isBad], at) => (
        <div key={name} class={figureClass(at < outcomes.length, isBad)} data-figure={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const figureClass = (isOutcome: boolean, isBad: boolean): string =>
  `${isOutcome ? 'outcome' : 'measure'} ${isBad ? 'bad' : ''}`;

const milliseconds = (value: number | null): string => (value === null ? '–' : `${Math.round(value)} ms`);
