-- The act that sealed what another had made public (office/redaction.h); 0: none. A file of a dossier that was
-- replaced by a redacted one has file_use.sealed = 2, and an original that was opened personal_view.identity = 2.
ALTER TABLE content ADD COLUMN redacted_by BIGINT NOT NULL DEFAULT 0;
