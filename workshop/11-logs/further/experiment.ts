import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { placeOrders } from '../../../client/factory/order-client.ts';
import { experiment } from '../../experiment/experiment.ts';
import { eventsOf, logGroupsOf } from '../../experiment/function-log.ts';
import { exactly } from '../../experiment/requirement.ts';
import { until } from '../../experiment/until.ts';

const askedFor = ['stroopwafel', 'stroopwafel', 'macaron'];
const writtenWithin = 3_000;

/** What customers ask for in vain is worth an event of its own. */
export const proof = experiment({
  question: 'Does the log tell which recipes customers ask for in vain?',
  headline: 'Requests for unknown recipes that a query finds by the recipe: {found.before} before, {found.after} now.',
  observables: {
    found: {
      kind: 'gate',
      title: 'requests for an unknown recipe that a query finds by its name',
      must: exactly(askedFor.length),
      lookAt:
        'One line { "message": "RecipeUnknown", "recipe": the name } for each item that is not in the book, before the error is thrown on.',
    },
    refused: {
      kind: 'guard',
      title: 'such requests answered 422',
      must: exactly(askedFor.length),
      lookAt: 'The customer must still be told: throw the error on once it is written down.',
    },
    names: { kind: 'guard', title: 'log lines with the name of a customer', must: exactly(0) },
  },
  async observe(snapshot) {
    const lambda = new LambdaClient(snapshot.clients);
    const logs = new CloudWatchLogsClient(snapshot.clients);
    try {
      const { OrderingFunction = '', OrderingUrl = '' } = snapshot.outputs();
      const customer = 'Wilhelmina Crumb';
      const order = (recipe = '') => ({ customer, items: [{ recipe, quantity: 1 }] });
      snapshot.report('asking for cookies that there are not');
      const placed = await placeOrders(OrderingUrl, askedFor.length, {
        concurrency: 1,
        body: (index) => order(askedFor[index]),
        signal: snapshot.signal,
      });
      const groups = await logGroupsOf(lambda, OrderingFunction);
      const linesOf = async (recipe: string) => {
        const lines: string[] = [];
        const pattern = `{ $.message = "RecipeUnknown" && $.recipe = "${recipe}" }`;
        for await (const { message } of eventsOf(logs, { groups, pattern })) {
          lines.push(message);
        }
        // An endpoint that takes no such pattern gives every line.
        return lines.filter((line) => line.includes('RecipeUnknown') && line.includes(recipe));
      };
      const linesOfAll = async () => (await Promise.all([...new Set(askedFor)].map(linesOf))).flat();
      // The platform takes a moment to collect what a function writes.
      const all = async () => ((await linesOfAll()).length >= askedFor.length ? true : undefined);
      await until(all, { within: writtenWithin, signal: snapshot.signal });
      const lines = await linesOfAll();
      return {
        found: lines.length,
        refused: placed.filter(({ status }) => status === 422).length,
        names: lines.filter((line) => line.includes(customer)).length,
      };
    } finally {
      lambda.destroy();
      logs.destroy();
    }
  },
});
