import { endpointUrl } from '../client/endpoint/aws-environment.ts';
import { servingEndpoint } from '../client/endpoint/endpoint.ts';
import { outputsOfSnapshot } from '../client/factory/deployed-names.ts';
import { exchange, isSettingName, placeOf, settings } from '../client/factory/settings.ts';
import { command, runCommand, UserError } from '../terminal/command-line.ts';
import { wholeNumber } from '../terminal/number-argument.ts';

const names = Object.keys(settings).join(', ');

const program = command(
  'set',
  [
    'Changes a setting of the deployed factory while it runs. Without a value it shows the one of now, and without a setting all of them. The settings are:',
    ...Object.entries(settings).map(([name, { says }]) => `  ${name.padEnd(8)} ${says}`),
  ].join('\n'),
  [
    'npm run set -- oven 40',
    'npm run set -- recipes my-recipes.json',
    'npm run set -- recipes infra/house-recipes.json     (as it was deployed)',
    'npm run set -- key my-new-key',
    'npm run set -- oven                                 (shows it)',
    'npm run set                                         (shows all)',
  ].join('\n  '),
)
  .argument('[setting]', names)
  .argument('[value]', 'what it is to be')
  .option('--snapshot <number>', 'which snapshot', wholeNumber({ least: 0, most: 12 }), 12);

await runCommand(program, async () => {
  const [name, text] = program.args;
  const { snapshot } = program.opts<{ snapshot: number }>();
  if (name === undefined) {
    await showAll(snapshot);
    return 0;
  }
  if (!isSettingName(name)) {
    throw new UserError(`There is no setting "${name}". The settings are: ${names}.`);
  }
  const { parse, shown, noticedWithin } = settings[name];
  // What makes no sense is refused before anything is asked.
  const value = text === undefined ? undefined : await parse(text, snapshot);
  const endpoint = (await servingEndpoint(endpointUrl())).url;
  const place = placeOf(name, await outputsOfSnapshot(endpoint, snapshot));
  const before = await exchange(name, place, endpoint, value);
  console.log(
    value === undefined
      ? `${name}: ${shown(before)}`
      : `${name}: ${shown(before)} -> ${shown(value)}. The factory takes notice within ${noticedWithin}.`,
  );
  return 0;
});

async function showAll(snapshot: number): Promise<void> {
  const endpoint = (await servingEndpoint(endpointUrl())).url;
  const outputs = await outputsOfSnapshot(endpoint, snapshot);
  for (const name of Object.keys(settings).filter(isSettingName)) {
    const { output, shown } = settings[name];
    const place = outputs[output];
    console.log(
      `${name}: ${place === undefined ? 'in the source of this snapshot' : shown(await exchange(name, place, endpoint))}`,
    );
  }
}
