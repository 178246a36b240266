package checklist

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"

	fastjson "github.com/goccy/go-json"
	"go.yaml.in/yaml/v3"
)

// builtin is the content of checklists/*.yaml as JSON, because reading a
// megabyte of YAML at every start costs more than the rest of an assessment.
// It is made by `go generate` and a test fails when it is stale.
//
//go:embed builtin.json
var builtin []byte

// core is the same without the law of any country; organisations elsewhere lay
// their own over it.
//
//go:embed core.json
var core []byte

// Builtin returns the catalogue of the general profile, which is part of the
// program: the core with the Finnish layer. Every call decodes it anew, so the
// caller may change what it gets.
func Builtin() (*Catalogue, error) { return decode(builtin) }

// Core returns the catalogue without any jurisdiction layer. Every call decodes it
// anew.
func Core() (*Catalogue, error) { return decode(core) }

func decode(data []byte) (*Catalogue, error) {
	var c Catalogue
	// encoding/json takes seven times as long (30 ms against 4 ms in one run of
	// a benchmark of both), which is a start noticed at every command.
	if err := fastjson.Unmarshal(data, &c); err != nil {
		return nil, fmt.Errorf("built-in checklists: %w", err)
	}
	sum := sha256.Sum256(data)
	c.digest = "sha256:" + hex.EncodeToString(sum[:])
	return &c, nil
}

// FileError is a file of a catalogue that cannot be read.
type FileError struct {
	// File is the name in the folder: risk.yaml.
	File string
	Err  error
}

func (e *FileError) Error() string { return "checklists: " + e.File + ": " + e.Err.Error() }

// Unwrap returns what is wrong with the file.
func (e *FileError) Unwrap() error { return e.Err }

// Load reads the catalogue from the YAML files of a folder. An unknown key is
// an error with its line. Errors are of type [FileError].
func Load(files fs.FS) (*Catalogue, error) {
	var c Catalogue
	var mitigations struct {
		Version     string       `yaml:"version"`
		Efforts     []Effort     `yaml:"efforts"`
		Mitigations []Mitigation `yaml:"mitigations"`
	}
	var sources struct {
		Version string            `yaml:"version"`
		Sources map[string]Source `yaml:"sources"`
	}
	var lexicon struct {
		Version string         `yaml:"version"`
		Entries []LexiconEntry `yaml:"entries"`
	}
	for _, f := range []struct {
		name string
		into any
	}{
		{"descriptor.yaml", &c.Descriptor},
		{"risk.yaml", &c.Risk},
		{"opportunity.yaml", &c.Opportunity},
		{"mitigations.yaml", &mitigations},
		{"policy.yaml", &c.Policy},
		{"references.yaml", &sources},
		{"lexicon.yaml", &lexicon},
		{"evidence.yaml", &c.Evidence},
		{"names.yaml", &c.Evidence.Names},
	} {
		data, err := fs.ReadFile(files, f.name)
		if err != nil {
			return nil, &FileError{File: f.name, Err: err}
		}
		d := yaml.NewDecoder(bytes.NewReader(data))
		d.KnownFields(true)
		if err := d.Decode(f.into); err != nil {
			return nil, &FileError{File: f.name, Err: err}
		}
	}
	if err := loadMessages(files, &c); err != nil {
		return nil, err
	}
	c.Mitigations, c.Efforts = mitigations.Mitigations, mitigations.Efforts
	c.Sources = sources.Sources
	c.Lexicon = Lexicon{Entries: lexicon.Entries}
	return &c, nil
}

// loadMessages reads messages/*.yaml, each a map of keys to texts.
func loadMessages(files fs.FS, c *Catalogue) error {
	names, err := fs.Glob(files, "messages/*.yaml")
	if err != nil {
		return fmt.Errorf("checklists: %w", err)
	}
	c.Messages = map[string]Text{}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return &FileError{File: name, Err: err}
		}
		var m map[string]Text
		if err := yaml.Unmarshal(data, &m); err != nil {
			return &FileError{File: name, Err: err}
		}
		for k, t := range m {
			if _, twice := c.Messages[k]; twice {
				return &FileError{File: name, Err: fmt.Errorf("%s is there twice", k)}
			}
			c.Messages[k] = t
		}
	}
	return nil
}

// Message returns the text with the key in lang, filled with params. A key that
// does not exist is returned itself; a test makes sure that none is missing.
func (c *Catalogue) Message(lang, key string, params map[string]string) string {
	t, ok := c.Messages[key]
	if !ok {
		return key
	}
	return t.Fill(lang, params)
}

// Changed makes the digest be taken anew after the catalogue was changed.
func (c *Catalogue) Changed() { c.digest = "" }

// Digest identifies the content of the catalogue: "sha256:" and 64 hex digits.
// It is taken of the catalogue as JSON.
func (c *Catalogue) Digest() string {
	if c.digest == "" {
		data, err := json.Marshal(c)
		if err != nil {
			panic(err) // plain data always marshals
		}
		data = append(data, '\n')
		for _, e := range c.edits {
			data = append(data, e.source...)
		}
		sum := sha256.Sum256(data)
		c.digest = "sha256:" + hex.EncodeToString(sum[:])
	}
	return c.digest
}
