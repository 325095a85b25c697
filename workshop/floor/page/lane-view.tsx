import { useEffect, useRef, useState } from 'preact/hooks';
import type { Environment, LaneSummary } from '../protocol.ts';
import { animate } from './drawing/animate.ts';
import { type Box, type Layout, layoutOf } from './drawing/layout.ts';
import { FiguresView } from './figures-view.tsx';
import type { Chosen, LaneState, Store } from './store.ts';

interface Properties {
  readonly store: Store;
  readonly lane: LaneState;
  readonly number: number;
  readonly onChoose: (chosen: Chosen) => void;
}

type Boxes = ReadonlyMap<string, Box>;

/** One factory: its picture, a button over each environment, and its figures. */
export function LaneView({ store, lane, number, onChoose }: Properties) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const state = useRef(lane);
  state.current = lane;
  const [boxes, setBoxes] = useState<Boxes>(new Map());
  const [size, setSize] = useState({ width: 0, height: 0, letters: 16 });
  useEffect(() => {
    const element = canvas.current;
    return element ? animate(element, { lane: () => state.current, onBoxes: setBoxes, onSize: setSize }) : undefined;
  }, []);
  const { summary } = lane;
  const isBad = summary.figures.lost + summary.figures.bakedTwice > 0;
  return (
    <section
      class={`lane ${madeOf(summary)} ${isBad ? 'has-bad' : ''}`}
      aria-label={`${summary.title}: ${summary.subtitle}`}
    >
      <div class="lane-head">
        <h2>
          {summary.title} <small>{summary.subtitle}</small>
        </h2>
        <p class="release">{releaseOf(summary)}</p>
        {summary.status === 'open' && <FiguresView figures={summary.figures} />}
      </div>
      <div class="picture">
        <div aria-hidden="true">
          <canvas ref={canvas} />
        </div>
        {size.width > 0 && summary.status === 'open' && (
          <Labels summary={summary} layout={layoutOf(size.width, size.height, summary.parts, size.letters)} />
        )}
        {summary.environments.map((environment, at) => {
          const box = boxes.get(environment.id);
          return box ? (
            <EnvironmentButton
              key={environment.id}
              {...{ environment, box, at, summary }}
              onShow={() => onChoose({ lane: number, environment: environment.id })}
              onKill={() => {
                onChoose({ lane: number, environment: environment.id });
                void store.do({ action: 'kill', lane: number, environment: environment.id });
              }}
            />
          ) : null;
        })}
        {summary.status !== 'open' && <p class="doing">{summary.doing || 'The factory is being built'}</p>}
      </div>
    </section>
  );
}

/** On a narrow screen what has more stations is higher. */
const madeOf = ({ parts }: LaneSummary): string => (parts.hasQueue ? 'with-queue' : parts.hasTable ? 'with-table' : '');

interface ButtonProperties {
  readonly environment: Environment;
  readonly box: Box;
  readonly at: number;
  readonly summary: LaneSummary;
  readonly onShow: () => void;
  readonly onKill: () => void;
}

const states = { starting: 'starts cold', idle: 'idle', busy: 'busy' } as const;

function EnvironmentButton({ environment, box, at, summary, onShow, onKill }: ButtonProperties) {
  const who = environment.role === 'baker' ? 'baker' : 'counter process';
  const label = `Kill ${who} ${at + 1} of ${summary.title}: ${states[environment.state]}, version ${environment.version}, served ${environment.served}`;
  const style = { left: `${box.x}px`, top: `${box.y}px`, width: `${box.width}px`, height: `${box.height}px` };
  return (
    <button
      type="button"
      class={`environment ${environment.role} ${environment.state}`}
      style={style}
      aria-label={label}
      title={label}
      data-environment={environment.id}
      onMouseEnter={onShow}
      onFocus={onShow}
      onClick={onKill}
    />
  );
}

function Labels({ summary, layout }: { readonly summary: LaneSummary; readonly layout: Layout }) {
  const { environments, queue, stored, figures, parts, outcome } = summary;
  const count = (role: Environment['role']) =>
    figures.environments === null ? undefined : environments.filter((one) => one.role === role).length;
  const counterTitle = parts.hasQueue ? 'Counter' : 'Counter, which bakes too';
  const inDrawers = parts.hasTable ? '' : ', orders in their memory';
  const named = (role: Environment['role']) => processes(count(role), parts.runsOn);
  return (
    <>
      <Label box={layout.entrance} title="Customers" text={`${figures.arrived} came`} />
      <Label box={layout.counter} title={counterTitle} text={`${named('counter')}${inDrawers}`} />
      {layout.belt && queue && (
        <Label
          box={layout.belt}
          title="Belt"
          text={`SQS: ${queue.waiting} wait, ${queue.inFlight} in hand${queue.returned === 0 ? '' : `, ${queue.returned} came back`}`}
        />
      )}
      {layout.ovens && <Label box={layout.ovens} title="Ovens" text={named('baker')} />}
      {layout.shelf && (
        <Label box={layout.shelf} title="Shelf" text={stored === null ? 'DynamoDB' : `DynamoDB: ${stored} orders`} />
      )}
      {layout.deadLetters && queue && (
        <Label box={layout.deadLetters} title="" text={`Dead letters: ${queue.deadLetters}`} />
      )}
      <p class={groundOf(summary)} style={{ minHeight: `${layout.ground.height}px` }}>
        {figures.lost > 0 && <strong>{figures.lost} lost</strong>}
        {figures.bakedTwice > 0 && <strong>{figures.bakedTwice} baked twice</strong>}
        {(outcome !== '' || figures.lost === 0) && <span>{outcome || 'No order is lost'}</span>}
      </p>
    </>
  );
}

/** What fell is red, and what came of a break without a loss is good news. */
function groundOf({ figures, outcome }: LaneSummary): string {
  if (figures.lost + figures.bakedTwice > 0) {
    return 'ground bad';
  }
  return outcome === '' ? 'ground' : 'ground kept';
}

function Label({ box, title, text }: { readonly box: Box; readonly title: string; readonly text: string }) {
  return (
    <p class="label" style={{ left: `${box.x}px`, top: `${box.y}px`, width: `${box.width}px` }}>
      <strong>{title}</strong> <span>{text}</span>
    </p>
  );
}

function processes(count: number | undefined, runsOn: LaneSummary['parts']['runsOn']): string {
  if (count === undefined) {
    return 'processes not known here';
  }
  const processOrMore = count === 1 ? '1 process' : `${count} processes`;
  return runsOn === 'servers' ? `${processOrMore} of servers` : `Lambda: ${processOrMore}`;
}

const versionOf = (version: string): string =>
  version === '' || version === '$LATEST' ? 'No version is kept' : `Version ${version} runs`;

/** The release that runs, and what goes on behind the scenes. */
function releaseOf({ version, status, doing, figures }: LaneSummary): string {
  if (status !== 'open') {
    return '';
  }
  const { satisfied, cleanings } = figures;
  const facts = [
    figures.environments === null ? '' : versionOf(version),
    satisfied === null ? '' : `${Math.round(satisfied * 100)} % of orders in time`,
    cleanings ? `Cleaned up ${cleanings === 1 ? 'once' : `${cleanings} times`}` : '',
    doing === '' ? '' : `${doing}…`,
  ];
  return facts.filter((fact) => fact !== '').join('. ');
}
