# Two commands do everything on a fresh machine: `make site` and `make test`.

CARGO ?= cargo
JALON := target/release/jalon
CONTENT ?= content
OUT ?= out

.PHONY: site test serve check bench demo clean

# Checks the records, writes the staff's site and prints the documents; ends with the site's address.
# Installs a browser to print with where there is none.
site: $(JALON)
	@tools/browser >/dev/null
	@$(JALON) build --content $(CONTENT) --out $(OUT)

# Everything that must hold: unit, library and end-to-end tests, with a real headless browser.
test:
	@tests/run

# Shows the site while the records are being edited.
serve: $(JALON)
	@$(JALON) serve --content $(CONTENT)

check: $(JALON)
	@$(JALON) check --content $(CONTENT)

# Times the whole program on invented schools of the sizes M and XL.
bench: $(JALON)
	@$(CARGO) bench

# Always asked of cargo, which knows best whether anything changed.
$(JALON): FORCE
	@$(CARGO) build --release --locked --quiet

FORCE:

clean:
	@$(CARGO) clean
