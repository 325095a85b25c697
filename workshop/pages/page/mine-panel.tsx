import { useRef, useState } from 'preact/hooks';
import type { Answered, DiffShown, ExerciseShown, LessonRequest, LessonState } from '../protocol.ts';
import { DiffView } from './diff-view.tsx';
import { Lines, Sentence, useAction, useStore } from './parts.tsx';
import { ProofView, RunView } from './proof-view.tsx';
import type { Store } from './store.ts';

/** The attendee's own version: begin, check, prove, hints, solution, reset. */
export function MinePanel({ store }: { readonly store: Store }) {
  useStore(store);
  const { state } = store;
  return (
    <>
      <h2>Your own version</h2>
      {state === undefined && <p role="status">{store.failure || 'Looking where you stand…'}</p>}
      {state && typeof state.exercise === 'string' && <p>{state.exercise}</p>}
      {state && typeof state.exercise !== 'string' && <Work store={store} state={state} exercise={state.exercise} />}
      {state && <Hints store={store} state={state} />}
    </>
  );
}

interface WorkProperties {
  readonly store: Store;
  readonly state: LessonState;
  readonly exercise: ExerciseShown;
}

function Work({ store, state, exercise }: WorkProperties) {
  const { act, isWorking, refusal } = useAction();
  const [answered, answer] = useState<Answered | undefined>(undefined);
  const [solution, showSolution] = useState<DiffShown | undefined>(undefined);
  const dialog = useRef<HTMLDialogElement>(null);
  const ask = (request: LessonRequest) =>
    act(async () => {
      answer(undefined);
      answer(await store.do(request));
    });
  const run = store.ownRun?.whose === 'given' ? undefined : store.ownRun;
  const isRunning = run !== undefined && run.is !== 'ended';
  const proof = run ? run.proof : state.mine;
  const button = (does: LessonRequest['action'], says: string, request: LessonRequest) => (
    <button type="button" data-do={does} disabled={isWorking} onClick={() => ask(request)}>
      {says}
    </button>
  );
  return (
    <>
      <p>
        <Sentence words={exercise.task} /> (some {exercise.minutes} minutes)
      </p>
      {state.begun && (
        <p>
          Yours is in <code>{exercise.folder}</code>:{' '}
          {exercise.files.map(({ text, href }) => (
            <span key={href}>
              <a href={href}>{text}</a>{' '}
            </span>
          ))}
        </p>
      )}
      <div class="buttons">
        {isRunning ? (
          button('stop', 'Stop', { action: 'stop' })
        ) : state.begun ? (
          <>
            {button('check', 'Check', { action: 'check' })}
            {button('prove', 'Prove mine', { action: 'prove', whose: 'mine' })}
            {button('watch', 'Prove at each save', { action: 'watch' })}
            {exercise.hasFurther && button('prove', 'Prove the step further', { action: 'prove', whose: 'further' })}
          </>
        ) : (
          button('try', 'Begin', { action: 'try' })
        )}
        <button
          type="button"
          data-do="solution"
          aria-expanded={solution !== undefined}
          onClick={() =>
            solution ? showSolution(undefined) : act(async () => showSolution(await store.diff('solution')))
          }
        >
          Solution beside yours
        </button>
        {state.begun && !isRunning && (
          <button type="button" data-do="reset" onClick={() => dialog.current?.showModal()}>
            Reset…
          </button>
        )}
      </div>
      <p role="status">{isWorking ? 'One moment…' : (answered?.says ?? '')}</p>
      {answered?.lines && <Lines lines={answered.lines} />}
      {refusal !== '' && (
        <p class="refusal" role="alert">
          {refusal}
        </p>
      )}
      {run && <RunView run={run} />}
      {proof && !(run?.is === 'running') && <ProofView proof={proof} />}
      {solution && (
        <div class="solution">
          <DiffView diff={solution} />
          {button('apply', 'Put the solution into my folder', { action: 'apply' })}
        </div>
      )}
      <dialog ref={dialog} aria-label="Reset this factor">
        <p>
          Reset factor {store.factor}? Your folder is moved aside, what is known of this lesson is forgotten, and its
          snapshots are removed from the endpoint.
        </p>
        <form method="dialog" class="buttons">
          <button type="submit" data-do="reset-yes" onClick={() => ask({ action: 'reset' })}>
            Reset
          </button>
          <button type="submit">Keep it</button>
        </form>
      </dialog>
    </>
  );
}

function Hints({ store, state }: { readonly store: Store; readonly state: LessonState }) {
  const { act, isWorking, refusal } = useAction();
  const { shown, total } = state.hints;
  if (total === 0) {
    return <p>This lesson has no hints.</p>;
  }
  return (
    <div class="hints">
      <h3>Hints</h3>
      <ol>
        {shown.map((words, at) => (
          <li key={at}>
            <Sentence words={words} />
          </li>
        ))}
      </ol>
      {shown.length < total ? (
        <div class="buttons">
          <button
            type="button"
            data-do="hint"
            disabled={isWorking}
            onClick={() => act(() => store.do({ action: 'hint' }))}
          >
            {shown.length === 0 ? 'A hint' : 'Another hint'} ({shown.length} of {total} seen)
          </button>
        </div>
      ) : (
        <p class="quiet">Those were all.</p>
      )}
      {refusal !== '' && (
        <p class="refusal" role="alert">
          {refusal}
        </p>
      )}
    </div>
  );
}
