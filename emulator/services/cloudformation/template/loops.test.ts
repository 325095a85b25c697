import { describe, expect, test } from 'vitest';
import { parseTemplate } from './template.ts';

const read = (template: object, given: Record<string, string> = {}) =>
  parseTemplate(
    JSON.stringify({ Transform: 'AWS::LanguageExtensions', ...template }),
    undefined,
    (name) => given[name],
  );

const queues = (collection: unknown) => ({
  Resources: {
    'Fn::ForEach::Queues': [
      'Kind',
      collection,
      {
        'Queue${Kind}': {
          Type: 'AWS::SQS::Queue',
          Properties: {
            QueueName: { 'Fn::Sub': `\${AWS::StackName}-\${Kind}` },
            Tags: [{ Key: 'kind', Value: { Ref: 'Kind' } }],
          },
        },
      },
    ],
  },
});

// Source: CloudFormation User Guide, "Fn::ForEach".
test('a loop writes a resource for each item', () => {
  const { resources } = read(queues(['Order', 'Bake']));
  expect([...resources.keys()]).toEqual(['QueueOrder', 'QueueBake']);
  expect(resources.get('QueueBake')?.Properties).toEqual({
    QueueName: { 'Fn::Sub': `\${AWS::StackName}-Bake` },
    Tags: [{ Key: 'kind', Value: 'Bake' }],
  });
});

test('over a parameter, as it is given or by default', () => {
  const Parameters = { Kinds: { Type: 'CommaDelimitedList', Default: 'A,B' } };
  expect([...read({ Parameters, ...queues({ Ref: 'Kinds' }) }).resources.keys()]).toEqual(['QueueA', 'QueueB']);
  expect([...read({ Parameters, ...queues({ Ref: 'Kinds' }) }, { Kinds: 'C, D' }).resources.keys()]).toEqual([
    'QueueC',
    'QueueD',
  ]);
});

test('loops nest, and are in properties and outputs, too', () => {
  const { resources, outputs } = read({
    Resources: {
      'Fn::ForEach::Outer': [
        'X',
        ['a.b', 'c'],
        {
          'Fn::ForEach::Inner': [
            'Y',
            ['1', '2'],
            {
              'P&{X}${Y}': {
                Type: 'AWS::SQS::Queue',
                Properties: { 'Fn::ForEach::Props': ['Z', ['Delay'], { '${Z}Seconds': `\${Y}` }] },
              },
            },
          ],
        },
      ],
    },
    Outputs: { 'Fn::ForEach::Out': ['X', ['c'], { 'Out${X}': { Value: { Ref: `P\${X}1` } } }] },
  });
  expect([...resources.keys()]).toEqual(['Pab1', 'Pab2', 'Pc1', 'Pc2']);
  expect(resources.get('Pc2')?.Properties).toEqual({ DelaySeconds: '2' });
  expect(outputs.get('Outc')?.Value).toEqual({ Ref: 'Pc1' });
});

describe('is refused:', () => {
  const deep = (level: number): object =>
    level === 0 ? { Q: { Type: 'AWS::SQS::Queue' } } : { [`Fn::ForEach::L${level}`]: ['X', ['1'], deep(level - 1)] };
  const wide = Array.from({ length: 400 }, (_, n) => `item${n}`);
  const huge = (level: number): object =>
    level === 0
      ? { 'Q${A1}${A2}${A3}': { Type: 'AWS::SQS::Queue' } }
      : { [`Fn::ForEach::L${level}`]: [`A${level}`, wide, huge(level - 1)] };
  test.each<[string, object, RegExp]>([
    ['an argument of another form', { Resources: { 'Fn::ForEach::A': ['X', ['1']] } }, /requires an identifier/],
    ['a collection that is none', queues('Order'), /must be a list of texts/],
    ['a name that comes twice', queues(['A', 'A']), /QueueA is there more than once/],
    ['six levels', { Resources: deep(6) }, /nest deeper than 5/],
    ['what would take all memory', { Resources: huge(3) }, /more than \d+ bytes/],
  ])('%s', (_name, template, message) => {
    expect(() => read(template)).toThrow(message);
  });
});
