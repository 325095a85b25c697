import type { DiffFile, DiffLine, DiffShown } from '../protocol.ts';
import { Code, Scroll } from './parts.tsx';

/** Files with what changed in them, both sides beside each other where there is room. */
export function DiffView({ diff }: { readonly diff: DiffShown }) {
  return (
    <div class="diff">
      {diff.note !== '' && <p>{diff.note}</p>}
      {diff.files.length > 0 && (
        <p class="quiet">
          <span class="was">{diff.before}</span> → <span class="is">{diff.after}</span>
        </p>
      )}
      {diff.files.map((file) => (
        <FileView key={file.title} file={file} />
      ))}
    </div>
  );
}

function FileView({ file }: { readonly file: DiffFile }) {
  return (
    <details open={!file.isFolded}>
      <summary>
        <code>{file.title}</code> <span class="is">+{file.added}</span> <span class="was">−{file.removed}</span>
      </summary>
      {file.file && (
        <p class="open">
          <a href={file.file.href}>Open in the editor</a>
        </p>
      )}
      <Scroll label={`Changes of ${file.title}`}>
        {file.groups.map((rows, group) => (
          <div key={group} class={file.added === 0 || file.removed === 0 ? sidesOf(rows) : 'group'}>
            {rows.map((row, at) => (
              <div key={at} class={`row ${row.is}`}>
                <Side line={row.before} tag={row.is === 'same' ? 'span' : 'del'} />
                <Side line={row.after} tag={row.is === 'same' ? 'span' : 'ins'} />
              </div>
            ))}
          </div>
        ))}
      </Scroll>
    </details>
  );
}

/** What only one side has needs no room for the other. */
const sidesOf = (rows: DiffFile['groups'][number]): string =>
  rows.some(({ is }) => is === 'same') ? 'group' : 'group one-sided';

function Side({ line, tag: Tag }: { readonly line: DiffLine | undefined; readonly tag: 'span' | 'del' | 'ins' }) {
  if (!line) {
    return <span class="none" />;
  }
  return (
    <Tag>
      <i data-number={line.number} />
      <Code parts={line.parts} />
    </Tag>
  );
}
