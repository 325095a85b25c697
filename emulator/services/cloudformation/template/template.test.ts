// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables are those of Fn::Sub.
import { describe, expect, test } from 'vitest';
import { parseTemplate } from './template.ts';
import { checkReferences } from './template-check.ts';
import { readTemplateText } from './template-text.ts';

describe('the text of a template', () => {
  test.each<[text: string, expected: unknown]>([
    ['{"a": [1, {"Ref": "B"}]}', { a: [1, { Ref: 'B' }] }],
    ['a: !Ref B', { a: { Ref: 'B' } }],
    ['a: !GetAtt B.C.D', { a: { 'Fn::GetAtt': ['B', 'C.D'] } }],
    ['a: !GetAtt [B, C]', { a: { 'Fn::GetAtt': ['B', 'C'] } }],
    ['a: !Sub "x ${B}"', { a: { 'Fn::Sub': 'x ${B}' } }],
    ['a: !Sub\n  - "${B}"\n  - B: !Ref C', { a: { 'Fn::Sub': ['${B}', { B: { Ref: 'C' } }] } }],
    ['a: !If [X, !Ref B, !Ref "AWS::NoValue"]', { a: { 'Fn::If': ['X', { Ref: 'B' }, { Ref: 'AWS::NoValue' }] } }],
    ['a: !Join ["", [!Base64 x, 1]]', { a: { 'Fn::Join': ['', [{ 'Fn::Base64': 'x' }, 1]] } }],
    ['a: !Not [!Condition X]', { a: { 'Fn::Not': [{ Condition: 'X' }] } }],
    ['a:\n  Fn::Sub: !ImportValue b', { a: { 'Fn::Sub': { 'Fn::ImportValue': 'b' } } }],
    ['a: 2012-10-17\nb: "Null"\nc: &x {d: 1}\ne: *x', { a: '2012-10-17', b: 'Null', c: { d: 1 }, e: { d: 1 } }],
    ['{a: [b, c]}', { a: ['b', 'c'] }],
  ])('%j', (text, expected) => {
    expect(readTemplateText(text)).toEqual(expected);
  });

  test.each([
    ['a: [1', 'YAML not well-formed. (line 1, column'],
    ['{"a": ', 'JSON not well-formed'],
    ['a: !Bake x', 'unknown tag !Bake'],
  ])('%j is refused', (text, message) => {
    expect(() => readTemplateText(text)).toThrow(message);
  });
});

const box = { Type: 'Test::Box' };

describe('templates that are refused', () => {
  test.each<[template: unknown, message: string]>([
    [[], 'unsupported structure'],
    [{}, 'At least one Resources member must be defined'],
    [{ Resources: {} }, 'At least one Resources member must be defined'],
    [{ Resources: { A: box }, Cakes: {} }, 'Invalid template property or properties [Cakes]'],
    [{ Resources: { A: {} } }, '[/Resources/A] Every Resources object must contain a Type member'],
    [{ Resources: { A: { ...box, Props: {} } } }, '[/Resources/A] Invalid template resource property [Props]'],
    [{ Resources: { 'A-B': box } }, 'Resources name A-B is non alphanumeric'],
    [{ Resources: { A: { ...box, DeletionPolicy: 'Eat' } } }, 'Unrecognized DeletionPolicy "Eat"'],
    [{ Resources: { A: { ...box, DeletionPolicy: 'Snapshot' } } }, 'does not support deletion policy Snapshot'],
    [{ Resources: { A: box }, Outputs: { O: {} } }, 'Every Outputs member must contain a Value object'],
    [{ Resources: { A: box }, Parameters: { P: {} } }, 'Every Parameters object must contain a Type member'],
    [
      { Resources: { A: { ...box, Properties: { x: { Ref: 'B' }, y: { 'Fn::GetAtt': ['C', 'Arn'] } } } } },
      'Unresolved resource dependencies [B, C] in the Resources block',
    ],
    [{ Resources: { A: { ...box, DependsOn: ['B'] } } }, 'Unresolved resource dependencies [B] in the Resources'],
    [{ Resources: { A: { ...box, Properties: { x: { 'Fn::Sub': '${B.Arn}' } } } } }, 'dependencies [B]'],
    [{ Resources: { A: { ...box, Condition: 'C' } } }, 'Unresolved condition dependencies [C]'],
    [{ Resources: { A: { ...box, Properties: { x: { 'Fn::If': ['C', 1, 2] } } } } }, 'condition dependencies [C]'],
    [{ Resources: { A: box }, Outputs: { O: { Value: { Ref: 'B' } } } }, 'dependencies [B] in the Outputs block'],
    [{ Resources: null }, "[/Resources] 'null' values are not allowed in templates"],
    [
      { Resources: { A: { ...box, Properties: { x: [{ y: null }] } } } },
      "[/Resources/A/Properties/x/0/y] 'null' values are not allowed in templates",
    ],
    [{ Resources: { A: { ...box, Properties: [] } } }, 'Every Properties member must be an object'],
    [{ Resources: { A: { ...box, DependsOn: 5 } } }, 'DependsOn must be a string or list of strings'],
    [{ Resources: { A: { ...box, DependsOn: { a: 'A' } } } }, 'DependsOn must be a string or list of strings'],
    [{ Resources: { A: { ...box, DependsOn: ['A', {}] } } }, 'Every DependsOn value must be a string'],
    [{ Resources: { A: { ...box, Condition: ['C'] } } }, 'Every Condition member must be a string'],
    [{ Resources: { A: box }, Outputs: { O: { Value: 1, Condition: {} } } }, 'Every Condition member must be a string'],
    [{ Resources: { A: box }, Parameters: { P: { Type: 'String', Default: [] } } }, 'Every Default value'],
    [{ Resources: { A: box }, Parameters: { P: { Type: 'String', AllowedValues: 5 } } }, 'Every AllowedValues value'],
    [{ Resources: { A: box }, Parameters: { P: { Type: 'String', AllowedValues: [{}] } } }, 'Every AllowedValues'],
    [{ Resources: { A: box }, Rules: { R: { Assertions: ['a'] } } }, 'must contain an Assertions list'],
    [
      { Resources: { A: box }, Conditions: { C: { 'Fn::Equals': [{ Ref: 'A' }, 1] } } },
      'Cannot reference resources in the Conditions block',
    ],
  ])('%j', (template, message) => {
    expect(() => checkReferences(parseTemplate(JSON.stringify(template)))).toThrow(message);
  });
});
