-- The letters that ask whether an address is somebody's: when each went, or is to go. Of the address only a keyed hash
-- stands here, whose key lies outside the database; a row is gone when the time that it counts for is over.
CREATE TABLE notice_proof (
	person BIGINT NOT NULL REFERENCES person (id),
	at BIGINT NOT NULL,
	address $BYTES NOT NULL,
	PRIMARY KEY (person, at)
);
CREATE INDEX notice_proof_address ON notice_proof (address, at);
CREATE INDEX notice_proof_at ON notice_proof (at);
