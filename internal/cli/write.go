package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"puntari/internal/report/xlsx"
)

// file is a file to be written.
type file struct {
	name string
	data []byte
}

// writeFiles writes files, each whole or not at all: into a temporary file in
// the same folder, then renamed. Before anything is written it refuses to
// replace a workbook that holds what reviewers have written.
func (a *app) writeFiles(files []file, force bool) error {
	for _, f := range files {
		if !force {
			if err := a.keepsInput(f.name); err != nil {
				return err
			}
		}
	}
	for _, f := range files {
		if err := writeFile(f.name, f.data); err != nil {
			return a.fileError(f.name, err)
		}
	}
	return nil
}

// keepsInput refuses a name under which a workbook with input stands, or
// something that is not a report.
func (a *app) keepsInput(name string) error {
	if filepath.Ext(name) != ".xlsx" {
		return nil
	}
	f, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return a.fileError(name, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return a.fileError(name, err)
	}
	has, err := xlsx.HasInput(f, info.Size())
	if err != nil {
		return a.failure("cli.not_a_report", "file", name)
	}
	if has {
		return a.failure("cli.has_input", "file", name)
	}
	return nil
}

func writeFile(name string, data []byte) (err error) {
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	t, err := os.CreateTemp(dir, ".puntari-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			t.Close()
			os.Remove(t.Name())
		}
	}()
	if _, err := t.Write(data); err != nil {
		return err
	}
	mode := os.FileMode(0o644)
	if info, err := os.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	if err := t.Chmod(mode); err != nil {
		return err
	}
	if err := t.Close(); err != nil {
		return err
	}
	if err := os.Rename(t.Name(), name); err != nil {
		return fmt.Errorf("replace: %w", err)
	}
	return nil
}
