/** How people look at a campaign: no evidence, and no check or archive reads it. A map can be made anew. */
export const keptViewTable = `
CREATE TABLE kept_view (
  campaign INTEGER NOT NULL REFERENCES campaign(id),
  kind TEXT NOT NULL CHECK (kind IN ('map', 'table')),
  name TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (campaign, kind, name)
) STRICT, WITHOUT ROWID;
`;
