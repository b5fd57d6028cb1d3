package dev.parley.webauthn;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// The two ceremonies of WebAuthn. The device must have seen its owner (a fingerprint, a face, a PIN), so that a
/// passkey counts as both factors. Which maker's device it is is nobody's business: no attestation is asked for, and
/// none believed. What a stranger sends may fail anywhere inside the library's parsers, in whichever way; all of it
/// is a refusal.
@Component
public class Ceremonies {
    /// By what a device may sign, the preferred one first: numbers of COSE.
    public static final List<Long> ALGORITHMS = List.of(-7L, -8L, -257L);

    // Made with the first passkey: who has none never loads it.
    private static final class Library {
        private static final ObjectConverter CONVERTER = new ObjectConverter();
        private static final WebAuthnManager MANAGER = WebAuthnManager.createNonStrictWebAuthnManager(CONVERTER);
        private static final AttestedCredentialDataConverter ATTESTED = new AttestedCredentialDataConverter(CONVERTER);
        private static final List<PublicKeyCredentialParameters> PARAMETERS = ALGORITHMS.stream()
                .map(number -> new PublicKeyCredentialParameters(
                        PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(number)))
                .toList();

        static CredentialRecord record(Credential known) {
            return new CredentialRecordImpl(
                    new NoneAttestationStatement(),
                    true,
                    known.mayBeCopied(),
                    known.isCopied(),
                    known.counter(),
                    ATTESTED.convert(bytes(known.attested())),
                    null,
                    null,
                    null,
                    null);
        }

        static ServerProperty server(Expected expected) {
            return ServerProperty.builder()
                    .origin(new Origin(expected.origin()))
                    .rpId(expected.rpId())
                    .challenge(new DefaultChallenge(bytes(expected.challenge())))
                    .build();
        }
    }

    /// @param clientData what the browser says that it asked for, in base64url
    /// @param attestation what the device answered, in base64url
    public Credential registered(Expected expected, String clientData, String attestation) throws SignatureRefused {
        try {
            var data = Library.MANAGER.verify(
                    new RegistrationRequest(bytes(attestation), bytes(clientData)),
                    new RegistrationParameters(Library.server(expected), Library.PARAMETERS, true, true));
            AuthenticatorData<?> device =
                    Objects.requireNonNull(data.getAttestationObject()).getAuthenticatorData();
            AttestedCredentialData credential = Objects.requireNonNull(device.getAttestedCredentialData());
            return new Credential(
                    text(credential.getCredentialId()),
                    text(Library.ATTESTED.convert(credential)),
                    device.getSignCount(),
                    device.isFlagBE(),
                    device.isFlagBS());
        } catch (RuntimeException e) {
            throw new SignatureRefused(e);
        }
    }

    /// @param known the passkey that the device says it signed with
    /// @param device what the device says of itself, in base64url
    /// @return the passkey as it is now
    public Credential used(Expected expected, Credential known, String clientData, String device, String signature)
            throws SignatureRefused {
        try {
            var data = Library.MANAGER.verify(
                    new AuthenticationRequest(bytes(known.id()), bytes(device), bytes(clientData), bytes(signature)),
                    new AuthenticationParameters(
                            Library.server(expected), Library.record(known), List.of(bytes(known.id())), true, true));
            AuthenticatorData<?> said = Objects.requireNonNull(data.getAuthenticatorData());
            return new Credential(
                    known.id(), known.attested(), said.getSignCount(), known.mayBeCopied(), said.isFlagBS());
        } catch (RuntimeException e) {
            throw new SignatureRefused(e);
        }
    }

    private static byte[] bytes(String base64Url) {
        return Base64.getUrlDecoder().decode(base64Url);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
