/** How a campaign is reviewed, and whether its shortlist is signed off. */
export const people = `
ALTER TABLE campaign ADD COLUMN second_reviewer INTEGER NOT NULL DEFAULT 0 CHECK (second_reviewer IN (0, 1));
ALTER TABLE campaign ADD COLUMN blind INTEGER NOT NULL DEFAULT 0 CHECK (blind IN (0, 1));
ALTER TABLE campaign ADD COLUMN signed_off INTEGER REFERENCES record(id);
`;
