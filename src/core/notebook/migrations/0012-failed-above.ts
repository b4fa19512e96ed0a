/**
 * A candidate that failed on a dearer rung has no evaluation: that of the cheaper one stood under the dearer rung's level. And what is said
 * of an evaluation by an older version names no newer one, of which there may be several.
 */
export const failedAbove = `
UPDATE candidate SET evaluation = NULL, score = NULL, vqe_minus_casci_hartree = NULL, no_value = NULL
WHERE rung > 0 AND failure_stage = 'evaluate' AND evaluation IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM execution WHERE execution.campaign = candidate.campaign AND execution.stage = 'evaluate'
    AND execution.ordinal = candidate.idx AND execution.rung = candidate.rung AND execution.record = candidate.evaluation);
UPDATE candidate SET no_value = substr(no_value, 1, instr(no_value, ' of the protocol: ') - 1)
  || ' of the protocol: not compared with those of a newer version.'
WHERE no_value LIKE 'Evaluated by version % of the protocol: not compared with version %, by which others of this campaign were.';
`;
