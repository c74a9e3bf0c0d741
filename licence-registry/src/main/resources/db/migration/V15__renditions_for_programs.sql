-- A licence has an XML and a QR credential beside its pages; those issued before have none.
ALTER TABLE rendition
    DROP CONSTRAINT rendition_format_check,
    ADD CONSTRAINT rendition_format_check CHECK (format IN ('PDF', 'OFD', 'XML', 'CREDENTIAL')) NOT VALID;
ALTER TABLE rendition VALIDATE CONSTRAINT rendition_format_check;
