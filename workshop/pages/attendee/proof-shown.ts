import { headlineText } from '../../proof/headline.ts';
import type { Proof } from '../../proof/proof.ts';
import { type Row, withUnit } from '../../proof/verdict.ts';
import type { ProofShown, RowShown } from '../protocol.ts';

/** A proof as a page shows it. @param report - The address of the whole report; empty where there is none. */
export function showProof(proof: Proof, report: string): ProofShown {
  const { verdict, reasons, rows, at, seconds } = proof;
  const ofKind = (kind: Row['kind']) => rows.filter((row) => row.kind === kind).map(showRow);
  return {
    ...{ verdict, reasons, at, report, seconds: seconds.total },
    ...{ headline: headlineText(proof), gates: ofKind('gate'), guards: ofKind('guard') },
  };
}

function showRow({ title, unit, before, after, mustBe = '', holds }: Row): RowShown {
  const side = ({ finding, met }: Row['before']) => ({
    text: withUnit(finding, unit),
    ...(met !== undefined && { isRight: met }),
  });
  return { title, mustBe, holds, before: side(before), after: side(after) };
}
