import type { Machine } from './machine.ts';
import type { Row } from './sample.ts';
import { markdownTable } from './table.ts';

/** What was measured, and where. */
export interface Findings {
  readonly date: string;
  readonly command: string;
  readonly rounds: number;
  readonly orders: number;
  readonly machine: Machine;
  readonly endpoints: readonly string[];
  readonly rows: readonly Row[];
}

/** The page of the documentation that has the figures. */
export function performancePage({ date, command, rounds, orders, machine, endpoints, rows }: Findings): string {
  const { cores, processor, memoryGb, system, node, load } = machine;
  return `# Performance

\`npm run bench\` wrote this page. Do not edit it.

\`\`\`sh
${command}
\`\`\`

| measured | |
| --- | --- |
| on | ${date} |
| machine | ${cores} cores of ${processor}, ${memoryGb} GB, ${system}, Node.js ${node} |
| load average | ${load.before} before, ${load.after} after. An idle machine has 0; above ${cores}, other work took part of every figure |
| rounds | ${rounds}. In each round, every endpoint does the same work, one after the other, in turns |
| orders | ${orders} in each measurement, with an oven of 0 ms |

Each figure is the median of the rounds, with the least and the most in parentheses. CPU is what the operating system accounts for: of the
endpoint's own process, of the processes that it started, and of the client. It is known on Linux, for an endpoint on the same machine.

${markdownTable(endpoints, rows)}

## How to read it

- **The limit** is the orders a second at which the functions alone would keep all cores busy. Endpoint and client need some CPU too, so
  no endpoint reaches it. Both endpoints run the same functions.
- **A cold start in parts**: take the empty process from the cold invoke of an empty function, and the rest is the environment. Take that
  invoke from the one with clients, and the rest is the SDK. Take that from ordering's, and the rest is its own code, Powertools and zod.
- **Memory**: what is in memory for a process, resident, has in it what several share, such as the code of Node.js. A process's share has
  its part of that alone, so that the shares of all processes add up to what they take of the machine.
- **Measurements that failed**, where there are any, are not in the other figures. On a busy machine, functions run into their time limit.
- **Calls an order** are those that it alone causes. Reading a setting, or writing what the log says of 25 orders, is no order's own.

## Which call carries which promise

| call | made by | promise |
| --- | --- | --- |
| PutItem, if the order is new | ordering | what is acknowledged is stored, and once: also for requests that come twice, at once or later |
| SendMessage | ordering | what is stored is baked soon |
| UpdateItem \`queuedAt\` | ordering | cleanup finds what was stored and never queued |
| UpdateItem \`BAKED\`, if the order waits for just that | baking | an order that is delivered twice is recorded once |

An idempotency key costs no call: the order's id is made of it. A request that comes again finds its order by a refused PutItem and a GetItem,
and is answered with it.

Lambda itself receives messages and deletes them, in the function's name. Satisfaction costs an order no call of its own: it is read from
the log, and written for up to 25 orders at a time.
`;
}
