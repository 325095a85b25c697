import { useState } from 'preact/hooks';
import type { Graded, QuestionShown } from '../protocol.ts';
import { Sentence, useAction, useStore } from './parts.tsx';
import type { Store } from './store.ts';

/** The questions at the end of a lesson, one after the other, each with the reason of its answer. */
export function QuizPanel({ store }: { readonly store: Store }) {
  useStore(store);
  const quiz = store.state?.quiz;
  return (
    <>
      <h2>Quiz</h2>
      {typeof quiz === 'string' && <p>{quiz}</p>}
      {quiz !== undefined && typeof quiz !== 'string' && <Questions store={store} quiz={quiz} />}
    </>
  );
}

function Questions({ store, quiz }: { readonly store: Store; readonly quiz: readonly QuestionShown[] }) {
  const [given, give] = useState<readonly { readonly number: number; readonly graded: Graded }[]>([]);
  const [score, setScore] = useState('');
  const { act, isWorking, refusal } = useAction();
  const choose = (number: number) =>
    act(async () => {
      const answers = [...given.map((one) => one.number), number];
      const { graded, says } = await store.do({ action: 'answer', answers });
      if (graded) {
        give([...given, { number, graded }]);
        setScore(says);
      }
    });
  const again = () => {
    give([]);
    setScore('');
  };
  return (
    <>
      <ol class="quiz">
        {quiz.slice(0, given.length + 1).map(({ ask, answers }, at) => {
          const done = given[at];
          return (
            <li key={at}>
              <p>
                <Sentence words={ask} />
              </p>
              <div class="answers">
                {answers.map((words, number) => (
                  <button
                    key={number}
                    type="button"
                    data-answer={number}
                    disabled={isWorking && !done}
                    aria-disabled={done !== undefined}
                    aria-pressed={done?.number === number}
                    onClick={() => done === undefined && choose(number)}
                  >
                    <Sentence words={words} />
                  </button>
                ))}
              </div>
              {done && <Reason graded={done.graded} answers={answers} />}
            </li>
          );
        })}
      </ol>
      <p role="status">{score}</p>
      {refusal !== '' && (
        <p class="refusal" role="alert">
          {refusal}
        </p>
      )}
      {given.length === quiz.length && (
        <div class="buttons">
          <button type="button" onClick={again}>
            Once more
          </button>
        </div>
      )}
    </>
  );
}

function Reason({ graded, answers }: { readonly graded: Graded; readonly answers: QuestionShown['answers'] }) {
  const { isRight, because, better } = graded;
  return (
    <div class={isRight ? 'reason good' : 'reason bad'} role="status">
      <p>
        <strong>{isRight ? 'Right.' : 'No.'}</strong> <Sentence words={because} />
      </p>
      {better && (
        <p>
          It is: <Sentence words={answers[better.number] ?? []} /> <Sentence words={better.because} />
        </p>
      )}
    </div>
  );
}
