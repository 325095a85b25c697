import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { snapshots } from '../../snapshots.ts';
import type { Job, JobContext } from '../job.ts';
import type { Findings } from '../merge.ts';
import { oneLine, reasonOf } from '../reason.ts';
import { cannotRun, doesNot, type Finding, notRun, works } from '../result.ts';
import { proofRow } from '../rows.ts';

/** What is read of the JSON that a proof writes. */
const proof = z.object({
  verdict: z.enum(['PROVED', 'NOT PROVED', 'CANNOT RUN HERE', 'TOO BUSY']),
  reasons: z.array(z.string()),
  rows: z.array(z.object({ name: z.string(), after: z.object({ finding: z.unknown() }) })),
});
type Proof = z.infer<typeof proof>;

/** The rows about containers that proofs find out by the way, in what they show and do not judge. */
const inImage: Readonly<Record<number, { readonly row: string; readonly judge: (shown: string) => Finding }>> = {
  10: {
    row: 'image-system',
    // It shows the image's system, and in what else image and function differ.
    judge: (shown) => (shown.endsWith('the rest differs in: nothing') ? works : doesNot(oneLine(shown))),
  },
  12: {
    row: 'image-cleanup',
    judge: (shown) => (/^exit code 0, .*container gone$/.test(shown) ? works : doesNot(oneLine(shown))),
  },
};

export const proofs: readonly Job[] = snapshots.slice(1).map(({ number }) => ({
  name: proofRow(number),
  group: 'proofs',
  rows: [proofRow(number), ...(inImage[number] ? [inImage[number].row] : [])],
  run: (context) => prove(number, context),
}));

async function prove(factor: number, { npm, scratch }: JobContext): Promise<Findings> {
  const json = join(scratch, `proof-${factor}.json`);
  const ended = await npm('prove', String(factor), '--json', json, '--html', join(scratch, 'proof.html'));
  const written = await readFile(json, 'utf8').catch(() => undefined);
  const image = inImage[factor];
  if (written === undefined) {
    // Of what could not be tried, no report is written.
    const why = /^\s*It cannot run here: (.+)$/m.exec(ended.stdout)?.[1];
    const finding = why === undefined ? doesNot(reasonOf(ended)) : cannotRun(oneLine(why));
    return { [proofRow(factor)]: finding, ...(image && { [image.row]: notRun('its proof did not run') }) };
  }
  const proved = proof.parse(JSON.parse(written));
  return {
    [proofRow(factor)]: judge(proved),
    ...(image && { [image.row]: judgeImage(proved, image.judge) }),
  };
}

function judge({ verdict, reasons }: Proof): Finding {
  if (verdict === 'PROVED') {
    return works;
  }
  if (verdict === 'TOO BUSY') {
    return notRun('the machine was too busy');
  }
  const [first = 'it gives no reason', ...others] = reasons.map((reason) => oneLine(reason));
  return doesNot(others.length > 0 ? `${first} (and ${others.length} more)` : first);
}

function judgeImage({ rows }: Proof, judged: (shown: string) => Finding): Finding {
  const shown = rows.find(({ name }) => name === 'image')?.after.finding;
  if (typeof shown !== 'string') {
    return notRun('its proof did not come so far');
  }
  const why = /^not run: (.*)$/s.exec(shown)?.[1];
  if (why === undefined) {
    return judged(shown);
  }
  return cannotRun(/no container engine answers/.test(why) ? `needs Docker: ${oneLine(why)}` : oneLine(why));
}
