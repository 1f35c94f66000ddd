// SQLite's FTS5 with its Porter tokenizer beside our search: same machine, same articles, same questions. It corrects no typos and completes no
// words, and its answers are article numbers; ours come with titles, places and marked snippets over HTTP.

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { questions } from './corpus.mjs';
import { QUESTIONS } from './settings.mjs';
import { workFolder } from './work.mjs';

const PROGRAM = `
import pathlib, re, sqlite3, sys, time
articles, asked = sys.argv[1:]
texts = [(path.parent.name, path.read_text()) for path in pathlib.Path(articles).rglob('pt.md')]
base = sqlite3.connect(':memory:')
started = time.perf_counter()
base.execute("CREATE VIRTUAL TABLE t USING fts5(title, body, tokenize = 'porter unicode61 remove_diacritics 2')")
base.executemany('INSERT INTO t VALUES (?, ?)', [(re.search('title: (.*)', text)[1], text.split('---', 2)[2]) for _, text in texts])
base.commit()
built = time.perf_counter() - started
times, found = [], 0
for question in pathlib.Path(asked).read_text().splitlines():
    words = ' OR '.join('"%s"' % word for word in re.findall(r'\\w+', question))
    started = time.perf_counter()
    rows = base.execute('SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t, 2, 1) LIMIT 10', (words,)).fetchall() if words else []
    times.append((time.perf_counter() - started) * 1000)
    found += bool(rows)
times.sort()
print('  index built in %.1f s; %d questions: p50 %.2f ms, p99 %.2f ms; %.0f %% found something' % (built, len(times), times[len(times) // 2], times[int(len(times) * .99)], 100 * found / len(times)))
`;

export function measureFullText(articles, size) {
  const asked = join(workFolder('full-text'), 'questions.txt');
  const whole = questions(1, size);
  writeFileSync(asked, Array.from({ length: QUESTIONS }, () => whole.next().value).join('\n'));
  return execFileSync('python3', ['-c', PROGRAM, articles, asked], { encoding: 'utf8' }).trimEnd();
}
