package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"puntari/checklists"
	"puntari/internal/cli"
	"puntari/policies"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"puntari": func() {
			os.Exit(cli.Main(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// TestScripts runs the stories of testdata/script, one file each. $EXAMPLES is
// the folder of the worked examples, $REVISION that of the policy.
func TestScripts(t *testing.T) {
	examples, err := filepath.Abs("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	revision := policyRevision(t)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"review": review, "copy": copyPolicy, "replace": replace, "append": appendLine, "status": status, "keys": keys,
		},
		Setup: func(e *testscript.Env) error {
			e.Setenv("EXAMPLES", examples)
			e.Setenv("LANG", "C")
			e.Setenv("NL", "\n")
			e.Setenv("VERSION", cli.Version)
			e.Setenv("REVISION", revision)
			e.Setenv("PUNTARI_LANG", "")
			return nil
		},
	})
}

// policyRevision is the revision that the program shows of its policy.
func policyRevision(t *testing.T) string {
	t.Helper()
	var out, problems bytes.Buffer
	if code := cli.Main(context.Background(), []string{"version", "--org", "none", "--lang", "en"}, strings.NewReader(""), &out, &problems); code != 0 {
		t.Fatal(problems.String())
	}
	_, after, _ := strings.Cut(out.String(), "\nrevision ")
	revision, _, ok := strings.Cut(after, "\n")
	if !ok {
		t.Fatalf("no revision in %s", out.String())
	}
	return revision
}

// review writes a reviewer's comment into the first input cell of a workbook, as
// a person would in a spreadsheet program.
func review(ts *testscript.TestScript, _ bool, args []string) {
	name := ts.MkAbs(args[0])
	f, err := excelize.OpenFile(name)
	ts.Check(err)
	defer f.Close()
	for _, n := range f.GetDefinedName() {
		if !strings.HasPrefix(n.Name, "in_") || strings.Contains(n.RefersTo, ":") {
			continue
		}
		sheet, cell, _ := strings.Cut(n.RefersTo, "!")
		ts.Check(f.SetCellStr(strings.Trim(sheet, "'"), strings.ReplaceAll(cell, "$", ""), "seen"))
		ts.Check(f.Save())
		return
	}
	ts.Fatalf("%s has no input cells", args[0])
}

// copyPolicy writes the checklists and policies of the program into a folder.
func copyPolicy(ts *testscript.TestScript, _ bool, args []string) {
	to := ts.MkAbs(args[0])
	ts.Check(os.RemoveAll(to))
	ts.Check(os.CopyFS(filepath.Join(to, "checklists"), checklists.Files))
	ts.Check(os.CopyFS(filepath.Join(to, "policies"), policies.Files))
}

// replace changes a piece of a file, which must be there.
func replace(ts *testscript.TestScript, _ bool, args []string) {
	before := ts.ReadFile(args[0])
	after := strings.Replace(before, args[1], args[2], 1)
	if before == after {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(after), 0o644))
}

// appendLine writes a line at the end of a file.
func appendLine(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(ts.ReadFile(args[0])+"\n"+args[1]+"\n"), 0o644))
}

// status runs a program that must end with an exit status.
func status(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	if e, ok := errors.AsType[*exec.ExitError](err); ok {
		got = e.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit status %d", got)
	}
}

// keys writes a new pair of keys: the private and the public one.
func keys(ts *testscript.TestScript, _ bool, args []string) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	ts.Check(err)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	ts.Check(err)
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public}), 0o644))
}
