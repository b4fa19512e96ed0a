/** Takes an evaluation and its number away from the first candidate and gives both back, in one transaction each, until it is killed. */
import Sqlite from "better-sqlite3";

const connection = new Sqlite(process.argv[2]!);
const { id, evaluation } = connection.prepare("SELECT id, evaluation FROM candidate WHERE idx = 0").get() as {
  id: number;
  evaluation: number;
};
const value = connection.prepare("SELECT value FROM candidate_value WHERE candidate = ?").pluck().get(id);
const take = connection.transaction(() => {
  connection.prepare("UPDATE candidate SET evaluation = NULL WHERE id = ?").run(id);
  connection.prepare("DELETE FROM candidate_value WHERE candidate = ?").run(id);
});
const give = connection.transaction(() => {
  connection.prepare("UPDATE candidate SET evaluation = ? WHERE id = ?").run(evaluation, id);
  connection
    .prepare("INSERT INTO candidate_value VALUES (?, 'vertical-ionisation-energy', ?)")
    .run(id, value);
});
connection.pragma("synchronous = OFF");
process.send?.("ready");
for (;;) {
  take();
  give();
}
