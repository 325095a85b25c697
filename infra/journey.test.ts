import { expect, test } from 'vitest';
import { snapshots, twoDigits } from '../workshop/snapshots.ts';
import { appOverPlaceholders, templateOf } from './synthesis.fixture.ts';
import { normalised } from './template.fixture.ts';

const app = appOverPlaceholders();
const templates = snapshots.map(({ number }) =>
  normalised(templateOf(app, `Factor${twoDigits(number)}/Prod`).toJSON()),
);

/** Logical ids and sections that differ, by the construct they begin with: what a step touches. */
function touched(step: number): { readonly added: string[]; readonly removed: string[]; readonly changed: string[] } {
  const before = entriesOf(templates[step - 1] ?? {});
  const after = entriesOf(templates[step] ?? {});
  const names = (ids: Iterable<string>) => [...new Set([...ids].map(constructOf))].sort();
  const json = JSON.stringify;
  return {
    added: names([...after.keys()].filter((id) => !before.has(id))),
    removed: names([...before.keys()].filter((id) => !after.has(id))),
    changed: names([...after.keys()].filter((id) => before.has(id) && json(before.get(id)) !== json(after.get(id)))),
  };
}

function entriesOf(template: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Map<string, unknown> {
  const sections = ['Resources', 'Outputs', 'Parameters', 'Conditions'];
  return new Map(
    sections.flatMap((section) =>
      Object.entries(template[section] ?? {}).map(([id, value]) => [`${section}.${id}`, value] as const),
    ),
  );
}

/** `Resources.OrderingRole57A1` is of the construct `Ordering.Role`, an output or a parameter of itself. */
function constructOf(id: string): string {
  const [section, name = ''] = id.split('.');
  return section === 'Resources' ? name.replace(/[0-9A-F]{8}$/, '') : `${section}.${name.replace(/[0-9A-F]{8}$/, '')}`;
}

test.each(snapshots.map(({ number }) => number))(
  'the template of snapshot %i is the one that was reviewed',
  async (n) => {
    const file = `templates/Factor${twoDigits(n)}.json`;
    await expect(`${JSON.stringify(templates[n], undefined, 2)}\n`).toMatchFileSnapshot(file);
  },
);

test.each(snapshots.slice(1).map(({ number, factor }) => ({ number, factor })))(
  'what factor $number, $factor, touches',
  ({ number }) => {
    expect(touched(number)).toMatchSnapshot();
  },
);
