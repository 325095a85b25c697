import type { ProofShown, RowShown, RunShown } from '../protocol.ts';
import { Lines, Scroll } from './parts.tsx';

const classes = {
  PROVED: 'good',
  'NOT PROVED': 'bad',
  'CANNOT RUN HERE': 'undecided',
  'TOO BUSY': 'undecided',
} as const;

/** What came of a proof: the verdict, its sentence, and the pairs of numbers. */
export function ProofView({ proof }: { readonly proof: ProofShown }) {
  const { verdict, headline, reasons, gates, guards, at, seconds, report } = proof;
  return (
    <div class={`proof ${classes[verdict]}`}>
      <p class="verdict">
        <strong>{verdict}</strong> {headline}
      </p>
      {reasons.length > 0 && (
        <ul>
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      <Rows title="Gates: must fail before and pass after" rows={gates} />
      {guards.length > 0 && (
        <details>
          <summary>Guards: met on both sides</summary>
          <Rows title="Guards" rows={guards} />
        </details>
      )}
      <p class="quiet">
        {at.slice(0, 16).replace('T', ' ')} UTC, in {seconds.toFixed(0)} s.{' '}
        {report !== '' && <a href={report}>The whole report</a>}
      </p>
    </div>
  );
}

function Rows({ title, rows }: { readonly title: string; readonly rows: readonly RowShown[] }) {
  if (rows.length === 0) {
    return null;
  }
  return (
    <Scroll label={title}>
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">observed</th>
            <th scope="col">before</th>
            <th scope="col">after</th>
            <th scope="col">must be</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ title: what, before, after, mustBe, holds }) => (
            <tr key={what} class={holds ? '' : 'missed'}>
              <th scope="row">{what}</th>
              <td class={before.isRight === false ? 'number was' : 'number'}>{before.text}</td>
              <td class={after.isRight === false ? 'number was' : 'number is'}>{after.text}</td>
              <td>{mustBe}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const says = { running: 'It runs.', waiting: 'Waiting for you to save something.', stopping: 'Stopping…', ended: '' };

/** How far a proof is, or why there is none. */
export function RunView({ run }: { readonly run: RunShown }) {
  return (
    <div class="run">
      {run.is !== 'ended' && (
        <ol class="steps">
          {run.steps.map((step, at) => (
            <li key={at}>{step}</li>
          ))}
        </ol>
      )}
      <p class="quiet detail">{run.is === 'running' ? run.detail : ''}</p>
      <p role="status">{run.is === 'running' ? (run.steps.at(-1) ?? 'It begins.') : says[run.is]}</p>
      {run.failure && <Lines lines={run.failure} />}
    </div>
  );
}
