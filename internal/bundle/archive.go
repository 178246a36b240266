package bundle

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	opa "github.com/open-policy-agent/opa/v1/bundle"
)

// What a bundle may be at most. The built-in policy takes 1.2 MB unpacked and
// 250 KB packed.
const (
	maxPacked  = 16 << 20
	maxContent = 64 << 20
	maxFiles   = 2000
)

// check reads an archive within bounds and looks at the names in it, before
// anything is made of its content.
func check(r io.Reader) (archive []byte, signed bool, err error) {
	archive, err = io.ReadAll(io.LimitReader(r, maxPacked+1))
	switch {
	case err != nil:
		return nil, false, err
	case len(archive) > maxPacked:
		return nil, false, ErrTooLarge
	}
	z, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return nil, false, fmt.Errorf("%w: %w", ErrForeign, err)
	}
	unpacked := &io.LimitedReader{R: z, N: maxContent + 1}
	t := tar.NewReader(unpacked)
	seen := map[string]bool{}
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		switch {
		case unpacked.N <= 0 || len(seen) > maxFiles:
			return nil, false, ErrTooLarge
		case err != nil:
			return nil, false, fmt.Errorf("%w: %w", ErrForeign, err)
		case h.Typeflag == tar.TypeDir:
			continue
		}
		name := strings.TrimPrefix(strings.TrimPrefix(h.Name, "."), "/")
		if strings.HasPrefix(h.Name, ".") && !strings.HasPrefix(h.Name, "./") {
			name = h.Name // .manifest
		}
		if h.Typeflag != tar.TypeReg || !belongs(name) || seen[name] {
			return nil, false, fmt.Errorf("%w: it holds %q", ErrForeign, h.Name)
		}
		seen[name] = true
		if _, err := io.Copy(io.Discard, t); err != nil && unpacked.N > 0 {
			return nil, false, fmt.Errorf("%w: %w", ErrForeign, err)
		}
	}
	if unpacked.N <= 0 {
		return nil, false, ErrTooLarge
	}
	return archive, seen[signatures], nil
}

const signatures = ".signatures.json"

// belongs tells whether a bundle of ours has a file of that name.
func belongs(name string) bool {
	switch name {
	case ".manifest", signatures, "data.json", assessmentFile:
		return true
	}
	rest, ok := strings.CutPrefix(name, rulesFolder)
	return ok && fs.ValidPath(rest) && path.Ext(rest) == ".rego"
}

// digestOf is "sha256:" and the digest of a module outside the rules.
func digestOf(modules []opa.ModuleFile, file string) string {
	for _, m := range modules {
		if strings.TrimPrefix(m.Path, "/") == file {
			sum := sha256.Sum256(m.Raw)
			return "sha256:" + hex.EncodeToString(sum[:])
		}
	}
	return ""
}

// rules are the modules of a bundle as files. An archive in memory is the plainest
// file system that the library has.
func rules(modules []opa.ModuleFile) (fs.FS, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, m := range modules {
		name, ok := strings.CutPrefix(strings.TrimPrefix(m.Path, "/"), rulesFolder)
		if !ok {
			continue // this program does by itself what the module is for
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(m.Raw); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
}

// readable tells whether an archive is a bundle when nobody asks for signatures.
func readable(archive []byte) bool {
	_, err := opa.NewReader(bytes.NewReader(archive)).WithSkipBundleVerification(true).WithSizeLimitBytes(maxContent).Read()
	return err == nil
}
