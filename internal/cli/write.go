package cli

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"strings"

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

// writeFile writes a file whole or not at all.
func writeFile(name string, data []byte) error {
	p, err := newPending(name)
	if err != nil {
		return err
	}
	defer p.drop()
	if _, err := p.buffer.Write(data); err != nil {
		return err
	}
	return p.keep()
}

// pending is a file that takes its name when it is whole.
type pending struct {
	name   string
	file   *os.File
	buffer *bufio.Writer
}

// errFolder says that a folder has the name of a file to be written.
var errFolder = errors.New("is a folder")

// pendingPrefix begins the names of files that are not whole.
const pendingPrefix = ".puntari-"

// dropPending takes away what killed runs have left in a folder.
func dropPending(folder string) error {
	entries, err := os.ReadDir(folder)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), pendingPrefix) {
			err = errors.Join(err, os.Remove(filepath.Join(folder, e.Name())))
		}
	}
	return err
}

func newPending(name string) (*pending, error) { return newPendingIn(filepath.Dir(name), name) }

// newPendingIn begins a file in a folder of the same file system as its own.
func newPendingIn(dir, name string) (*pending, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return nil, errFolder
	}
	f, err := os.CreateTemp(dir, pendingPrefix+"*")
	if err != nil {
		return nil, err
	}
	return &pending{name, f, bufio.NewWriterSize(f, 1<<18)}, nil
}

// keep gives the file its name.
func (p *pending) keep() error {
	mode := os.FileMode(0o644)
	if info, err := os.Stat(p.name); err == nil {
		mode = info.Mode().Perm()
	}
	f := p.file
	if err := errors.Join(p.buffer.Flush(), f.Chmod(mode), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), p.name); err != nil {
		return err
	}
	p.file = nil
	return nil
}

// drop takes a file away that has not been kept.
func (p *pending) drop() {
	if p.file != nil {
		_ = p.file.Close() // it goes anyway
		_ = os.Remove(p.file.Name())
		p.file = nil
	}
}
